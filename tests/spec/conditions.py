"""The chapter about conditions."""

from tests.support.chapter import Chapter, Decided, Refused

_QUESTIONS = {
    "2-assessment.yaml": """\
steps:
  home:
    kind: form
    title: The home
    who: [housing]
    compartment: core
    questions:
      tenure: {ask: How is it held?, type: choice, options: {owned: Owned, rented: Rented, tied: Goes with the job}}
      landlord_agrees: {ask: Does the landlord agree?, type: yes_no, allow: [not_applicable, not_known, declined]}
      doors: {ask: How many doors are there?, type: number}
      rent: {ask: What is the rent?, type: money}
      tenancy_ends: {ask: When does the tenancy end?, type: date}
      police_came: {ask: When did the police come?, type: moment}
      dangers: {ask: What is feared?, type: choices, options: {fire: Fire, entry: Breaking in, post: By post}}
      notes: {ask: What else?, type: long_text}
      children:
        ask: Which children live there?
        type: rows
        columns:
          age: {ask: How old?, type: number}
          stays: {ask: Do they live there all the time?, type: yes_no, optional: yes}
""",
}


def _stop(condition: str) -> dict[str, str]:
    return {
        "2-assessment.yaml": f"""\
steps:
  visit:
    kind: form
    title: Visit
    who: [support]
    compartment: core
    when: "{condition}"
"""
    }


CHAPTER = Chapter(
    name="conditions",
    title="Conditions",
    text="""
A condition stands in quotes after `when`, `stops_if` or `if`. It is written in a strict subset of
[CEL](https://cel.dev), the Common Expression Language, and compared with Google's own implementation in the tests.

It has three outcomes: true, false, and **unknown**, with the facts that would settle it. Unknown is never taken for
false. A question that was not asked yet, or was answered with *not known yet*, leaves unknown whatever depends on
it; but where one side of `&&` is false, or one side of `||` is true, the other side does not matter.

| fact | what it is |
| --- | --- |
| `step.question` | the answer to a question; yes and no are `'yes'` and `'no'` |
| `step.total` | a sum that a form works out |
| `done.step` | when the step was done; unknown until then |
| `gate.name` | `'open'` or `'stopped'`; unknown while undecided |
| `case.area` | the area of the case |
| `case.opened` | when the case was opened |
| `now`, `today` | the time and the day asked about |

Nothing is computed but sums and differences; texts, choices, numbers, money, dates and times are compared only with
their own kind. Money is written with pence.
""",
    cases=(
        Decided(
            title="Comparing",
            files=_QUESTIONS,
            answers={"home.tenure": "rented", "home.doors": "2", "home.rent": "650.00", "home.landlord_agrees": "yes"},
            outcomes=(
                ("home.tenure == 'rented'", "true"),
                ("home.tenure != 'rented'", "false"),
                ("home.tenure in ['owned', 'tied']", "false"),
                ("home.doors < 2", "false"),
                ("home.doors <= 2", "true"),
                ("home.doors > 1", "true"),
                ("home.doors >= 3", "false"),
                ("home.rent > 600.00", "true"),
                ("home.doors + 1 == 3", "true"),
                ("home.rent - 50.00 < 600.00", "false"),
            ),
        ),
        Decided(
            title="And, or, not, and choosing",
            text="What cannot change the outcome is not asked for.",
            files=_QUESTIONS,
            answers={"home.tenure": "rented"},
            outcomes=(
                ("home.tenure == 'rented' && home.doors > 1", "unknown: home.doors"),
                ("home.tenure == 'owned' && home.doors > 1", "false"),
                ("home.tenure == 'rented' || home.doors > 1", "true"),
                ("home.tenure == 'owned' || home.doors > 1", "unknown: home.doors"),
                ("!(home.tenure == 'rented')", "false"),
                ("!(home.doors > 1)", "unknown: home.doors"),
                (
                    "home.tenure == 'rented' ? home.landlord_agrees == 'no' : home.doors > 1",
                    "unknown: home.landlord_agrees",
                ),
                ("home.doors > 1 && home.landlord_agrees == 'no'", "unknown: home.doors, home.landlord_agrees"),
            ),
        ),
        Decided(
            title="Not applicable and declined to say are answers; not known yet is none",
            text="What was not asked yet, and what is not known yet, may still turn out either way.",
            files=_QUESTIONS,
            answers={"home.landlord_agrees": "not_applicable"},
            outcomes=(
                ("home.landlord_agrees == 'no'", "false"),
                ("home.landlord_agrees != 'no'", "true"),
                ("has(home.landlord_agrees)", "false"),
            ),
        ),
        Decided(
            title="Not known yet",
            files=_QUESTIONS,
            answers={"home.landlord_agrees": "not_known"},
            outcomes=(
                ("home.landlord_agrees == 'no'", "unknown: home.landlord_agrees"),
                ("has(home.landlord_agrees)", "unknown: home.landlord_agrees"),
            ),
        ),
        Decided(
            title="Several choices, and how long something is",
            files=_QUESTIONS,
            answers={"home.dangers": ["fire", "post"], "home.notes": "The door sticks."},
            outcomes=(
                ("'fire' in home.dangers", "true"),
                ("'entry' in home.dangers", "false"),
                ("size(home.dangers) == 2", "true"),
                ("size(home.notes) > 0", "true"),
                ("has(home.notes)", "true"),
                ("has(home.doors)", "unknown: home.doors"),
            ),
        ),
        Decided(
            title="Rows",
            files=_QUESTIONS,
            answers={"home.children": [{"age": "4", "stays": "yes"}, {"age": "11", "stays": "no"}]},
            outcomes=(
                ("home.children.exists(child, child.age < 5)", "true"),
                ("home.children.all(child, child.age < 5)", "false"),
                ("home.children.exists(child, child.stays == 'yes' && child.age > 5)", "false"),
                ("size(home.children) > 1", "true"),
            ),
        ),
        Decided(
            title="Dates, times and lengths of time",
            text="""Noon on 4 March 2026 is now. A length is hours, minutes and seconds; days, months and working days
are counted on the calendar.""",
            files=_QUESTIONS,
            answers={"home.tenancy_ends": "2026-06-30", "home.police_came": "2026-03-03 22:15"},
            outcomes=(
                ("home.tenancy_ends < date('2026-05-01')", "false"),
                ("home.tenancy_ends <= today + months(3)", "false"),
                ("home.tenancy_ends <= today + months(4)", "true"),
                ("home.tenancy_ends - days(30) == date('2026-05-31')", "true"),
                ("now - home.police_came < duration('24h')", "true"),
                ("home.police_came + working_days(1) > now", "true"),
            ),
        ),
        Refused(
            title="A misspelt question",
            files=_stop("assessment.wants_itt == 'yes'"),
            problems=(
                "2-assessment.yaml:7:23: the step 'assessment' has no question 'wants_itt'; did you mean 'wants_it'?",
            ),
        ),
        Refused(
            title="An option that does not exist",
            files=_stop("assessment.wants_it == 'yess'"),
            problems=("2-assessment.yaml:7:35: 'yess' is not one of the options; did you mean 'yes'?",),
        ),
        Refused(
            title="Things of different kinds",
            files=_stop("referral.birth_date == 3"),
            problems=("2-assessment.yaml:7:35: a date cannot be compared with a number",),
        ),
        Refused(
            title="A date against a time",
            files=_stop("referral.birth_date < now"),
            problems=("2-assessment.yaml:7:32: a date has no time: compare dates with today, and times with now",),
        ),
        Refused(
            title="A condition that is not finished",
            files=_stop("assessment.wants_it =="),
            problems=("2-assessment.yaml:7:34: something is missing before the end",),
        ),
        Refused(
            title="Computing",
            files=_stop("size(referral.name) * 2 > 4"),
            problems=(
                "2-assessment.yaml:7:32: a condition does not multiply or divide; use a total that the form works out",
            ),
        ),
    ),
)
