#!/usr/bin/env python3
"""Prints the table of tambons as Swift, of the package geothai, and holds it against what the gateway relies on.

Usage: addresses.py PIN, by the Python that has the package; PIN is what pip was told. Counts go to standard error. Exits
with 1 and one line for each fault.
"""

import collections
import re
import sys
import unicodedata

import geothai

# Bangkok's districts come as เขตคลองเตย, all others without อำเภอ. The table has none of these words: what a place is
# called in an address follows from its changwat.
BANGKOK, KHET = "10", "เขต"
# The gateway takes these away where somebody writes them before a name, or behind an English one.
WORDS_BEFORE = ("ตำบล", "แขวง", "อำเภอ", "กิ่งอำเภอ", "เขต", "จังหวัด", "tambon ", "khwaeng ", "amphoe ", "khet ", "changwat ")
WORDS_BEHIND = (" district", " subdistrict", " sub-district", " province")
THAI = re.compile(r"[\u0E01-\u0E2E\u0E30-\u0E3A\u0E40-\u0E44\u0E47-\u0E4C .()-]+")
ENGLISH = re.compile(r"[A-Z][A-Za-z -]*")

faults = []


def check(holds, words):
    if not holds:
        faults.append(words)


def names(area, thai):
    """Both names of a place, after they were looked at."""
    check(THAI.fullmatch(thai), f"{area.code}: expected a Thai name, found {thai!r}")
    check(ENGLISH.fullmatch(area.name_en), f"{area.code}: expected an English name, found {area.name_en!r}")
    for name in (thai, area.name_en):
        check(unicodedata.normalize("NFC", name) == name, f"{area.code}: {name!r} is not in the form NFC")
        check(len(name.encode()) < 256, f"{area.code}: {name!r} is longer than a row of the table can say")
        check(not name.lower().startswith(WORDS_BEFORE), f"{area.code}: {name!r} begins with a word for its level")
        check(not name.lower().endswith(WORDS_BEHIND), f"{area.code}: {name!r} ends with a word for its level")
        check(" ".join(name.split()) == name, f"{area.code}: {name!r} has white space to spare")
    check("เเ" not in thai, f"{area.code}: {thai!r} has two เ for one แ")
    check("\u0E4D" not in thai, f"{area.code}: {thai!r} has its ำ in two parts")
    return f"{thai},{area.name_en}"


def main() -> int:
    if len(sys.argv) != 2:
        sys.exit("usage: addresses.py PIN")
    rows, codes, post_codes = [], [], collections.Counter()
    counts, several = collections.Counter(), 0
    for province in geothai.provinces():
        check(re.fullmatch(r"[1-9]\d", province.code), f"{province.code}: expected the two digits of a changwat")
        rows.append(f"{province.code} {names(province, province.name_th)}")
        codes.append(province.code)
        districts = geothai.districts(province.code)
        check(districts, f"{province.code}: a changwat without an amphoe")
        for district in districts:
            check(
                re.fullmatch(province.code + r"\d\d", district.code),
                f"{district.code}: expected the four digits of an amphoe in {province.code}",
            )
            is_khet = district.name_th.startswith(KHET)
            check(is_khet == (province.code == BANGKOK), f"{district.code}: {district.name_th}: a khet is in Bangkok")
            rows.append(f"{district.code} {names(district, district.name_th.removeprefix(KHET))}")
            codes.append(district.code)
            counts["amphoe"] += 1
            subdistricts = geothai.subdistricts(district.code)
            check(subdistricts, f"{district.code}: an amphoe without a tambon")
            for subdistrict in subdistricts:
                check(
                    re.fullmatch(district.code + r"\d\d", subdistrict.code),
                    f"{subdistrict.code}: expected the six digits of a tambon in {district.code}",
                )
                own = subdistrict.postal_codes
                check(own and len(set(own)) == len(own), f"{subdistrict.code}: expected post codes, each once")
                for code in own:
                    check(re.fullmatch(r"[1-9]\d{4}", code), f"{subdistrict.code}: {code!r} is no post code")
                post_codes.update(own)
                several += len(own) > 1
                rows.append(f"{subdistrict.code} {names(subdistrict, subdistrict.name_th)},{' '.join(sorted(own))}")
                codes.append(subdistrict.code)
                counts["tambon"] += 1
        counts["changwat"] += 1
    check(len(set(codes)) == len(codes), "a code stands twice")
    check(len(set(rows)) == len(rows), "a row stands twice")
    check(codes == sorted(codes), "the codes do not come in their order")
    # A package that lost half of its data is no new edition. The figures are those of 2026, with room for reforms.
    for level, least, most in (("changwat", 77, 80), ("amphoe", 920, 1_000), ("tambon", 7_400, 7_600)):
        check(least <= counts[level] <= most, f"{counts[level]} {level}: expected {least} to {most}")
    if faults:
        print(*faults, sep="\n", file=sys.stderr)
        return 1
    print(HEAD.format(pin=sys.argv[1].replace("==", " "), data=geothai.DATA_VERSION), end="")
    print(*rows, sep="\n")
    print(FOOT, end="")
    print(
        f"{counts['changwat']} changwat, {counts['amphoe']} amphoe, {counts['tambon']} tambons; "
        f"{len(post_codes)} post codes, {several} tambons have more than one",
        file=sys.stderr,
    )
    return 0


HEAD = '''// swift-format-ignore-file
// Made by scripts/addresses of {pin} (data of {data}): not by hand. The data is GeoThai's, under CC BY 4.0: see NOTICE.

/// The table as text: a row for each changwat, amphoe and tambon, in the order of their codes. A row has the code, the
/// Thai and the English name, and for a tambon its post codes.
enum AddressText {{
// A literal stays in the program's own file and is read where it lies. An array of bytes is slow to compile.
static let rows: StaticString = """
'''

FOOT = '''"""
}
'''

sys.exit(main())
