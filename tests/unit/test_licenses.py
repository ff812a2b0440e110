"""Licenses as people name them."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.content.licenses import License, read_license

BY = License(name="CC BY 4.0", url="https://creativecommons.org/licenses/by/4.0/")
ZERO = License(name="CC0 1.0", url="https://creativecommons.org/publicdomain/zero/1.0/")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", None),
        ("  ", None),
        ("CC-BY-4.0", BY),
        ("cc by", BY),
        (" CC BY 4.0 ", BY),
        ("https://creativecommons.org/licenses/by/4.0/", BY),
        ("http://creativecommons.org/licenses/by/4.0/deed.et", BY),
        (
            "CC-BY-NC-SA-3.0",
            License(name="CC BY-NC-SA 3.0", url="https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ),
        ("CC0", ZERO),
        ("CC0-1.0", ZERO),
        ("https://creativecommons.org/publicdomain/zero/1.0/deed.en", ZERO),
        ("mit", License(name="MIT", url="https://spdx.org/licenses/MIT.html")),
        ("https://spdx.org/licenses/MIT.html", License(name="MIT", url="https://spdx.org/licenses/MIT.html")),
        ("MIT OR Apache-2.0", License(name="MIT OR Apache-2.0")),
        ("LicenseRef-Own", License(name="LicenseRef-Own")),
        ("CC-BY-4.0 and more", License(name="CC-BY-4.0 and more")),
        ("https://node.example/terms", License(name="https://node.example/terms", url="https://node.example/terms")),
        ("javascript:alert(1)", License(name="javascript:alert(1)")),
    ],
)
def test_a_license_has_a_name_and_the_place_of_its_terms(text, found):
    assert read_license(text) == found
