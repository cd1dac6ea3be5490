"""How do tests go through the site in a browser, page by page, looking at each? What the pages say, the tests ask."""
