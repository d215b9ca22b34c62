"""How large a template may be. Every limit has its reason; a form of a hundred pages is far from all of them.

To open a template may take 10 s and 512 MB at most, whatever is in it. The messages name the limit, so that a
person who runs into one without harm in mind knows what to split.
"""

MAX_TAGS = 15_000
"""Tags in a template, counted as a fourth of its braces: 3 s and 350 MB to compile."""
MAX_TAG = 4_000
"""Characters in a tag; comments may be longer."""
MAX_TAG_TEXT = 800_000
"""Characters in all tags of a template; Jinja's parser takes 2 µs for each."""
MAX_LINE = 10_000
"""Characters in a pattern of one line: of a file name, of a document property."""
MAX_BRACKETS = 20
"""Brackets in brackets in a tag: Jinja's parser calls itself for each."""
MAX_BLOCKS = 15
"""``{% if %}`` and ``{% for %}`` in each other; Python knows 20 loops in each other."""
MAX_NODES = 80_000
"""Nodes of the syntax trees of a template, at 30 µs and 3 kB each; a tag has three to ten."""
MAX_NESTED_NODES = 80
"""Nodes in nodes: what compiles them calls itself for each, and Python allows some 200."""
MAX_LOOKUPS = 10_000_000
"""Names of a part times its blocks: Jinja's compiler copies all names for each block."""
MAX_XML = 12 << 20
"""Bytes of all XML of a template, unpacked: a table of seven thousand rows of five cells."""
MAX_XML_NODES = 300_000
"""Elements and attributes in all XML of a template: four hundred pages; each takes up to 1 kB for a while."""
MAX_PROOF = 1_200_000
"""Steps of 5 µs to prove what a part will be; what takes more is parsed after each rendering instead."""
MAX_MENDED = 3_000_000
"""Start and end tags of a part that is parsed after it was rendered, at 250 bytes each."""
MAX_FORMATTING = 4_000
"""Characters of the formatting of a run that holds a tag: each tab in a value repeats it twice."""
MAX_COLUMNS = 1_000
"""Columns of a table whose widths are made to agree; Word shows 63, and a cell may claim a billion."""
MAX_PROBLEMS = 100
"""Mistakes that are shown of a template, and after which a rendering stops: they are most often one."""
