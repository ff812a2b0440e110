"""Print the addresses of the old site map that the new site lacks."""

import sys
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

base, sitemap, site = sys.argv[1:]
missing = 0
for location in ElementTree.parse(sitemap).iter("{*}loc"):
    path = unquote(location.text.strip()).removeprefix(base)
    file = Path(site, path)
    if file.is_dir():
        file /= "index.html"
    if not file.is_file():
        missing += 1
        print("missing:", path)
print(missing, "missing")
