-- Reserved for its slice.
select 1;
