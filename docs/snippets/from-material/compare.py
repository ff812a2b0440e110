"""Print the URLs of the old sitemap that the new site lacks."""

import sys
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

base, sitemap, site = sys.argv[1:]
pages = [page.text.strip() for page in ElementTree.parse(sitemap).iterfind(".//{*}url/{*}loc")]
if not pages:
    sys.exit(f"{sitemap} has no URLs of pages")
missing = 0
for page in pages:
    path = unquote(page).removeprefix(base.rstrip("/") + "/")
    file = Path(site, path)
    if file.is_dir():
        file /= "index.html"
    if not file.is_file():
        missing += 1
        print("missing:", path)
print(missing, "missing")
