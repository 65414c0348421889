"""How much a file may ask of the machine that reads it."""

# A report of 2,000 pages is about 6 MB of text. Beyond this a text is a data dump or a mistake.
LARGEST_TEXT = 32_000_000
# So many lines of 60 characters, as typed, are such a text.
MOST_LINES = 500_000
# Of a web page, opening and closing: fifty for each paragraph of a report of 2,000 pages.
MOST_TAGS = 1_000_000
# Of a sentence, or a row of a table: they are never parted. This would fill some forty pages, and
# so is a list, data, or a text that lost its ends of lines.
LONGEST_PASSAGE = 100_000
# Bytes of a file with pages, pictures and fonts in it; of those kept, too, so that a page can be
# shown to whoever checks a citation.
LARGEST_FILE = 100_000_000
# Sheets: four times as many as the longest report of a session of the Human Rights Council.
MOST_SHEETS = 5_000
# Bytes of what a compressed file holds, each part and all together.
LARGEST_UNPACKED = 500_000_000
# Of the process that reads: bytes of address space, seconds. A report of 400 pages is to take less
# than 500 MB and 20 s.
MEMORY = 2_000_000_000
SECONDS = 300
