import Testing

@testable import Printing

struct PageSizesTests {
    private static let named = ["custom_80x200mm_80x200mm", "custom_80x297mm_80x297mm", "custom_58x297mm_58x297mm"]
    private static let any = ["custom_min_1x0.5in", "custom_max_80x4999.92mm"]

    private func chosen(_ media: [String], _ width: Int, _ length: Int, dots: Int = 576) -> PageSize? {
        PageSizes(media: media).page(for: PageSize(width: width, length: length), printedWidth: dots * 100 / 8)
    }

    @Test("a receipt gets a page of its own size where the queue takes such, in whole points and never shorter")
    func ownSize() throws {
        let sizes = PageSizes(media: Self.named + Self.any)
        for length in [5_025, 12_350, 12_352, 29_700] {
            let page = try #require(chosen(Self.named + Self.any, 8_000, length))
            #expect(page.width == 8_000)
            #expect((length...length + 36).contains(page.length))
            // What is left of it when fractions of a point are dropped is still as long as the receipt.
            let points = page.length * 72 / 2_540
            #expect(points * 2_540 >= length * 72)
            #expect(sizes.media(for: page) != nil)
        }
        #expect(chosen(Self.any, 8_000, 900_000)?.length == 499_992)
        #expect(chosen(Self.any, 8_000, 100)?.length == 1_270)
        // A printer of 79.9 mm takes the receipt of 80 mm: what is printed on it is 72 mm wide.
        #expect(chosen(["custom_min_20x20mm", "custom_max_79.9x999mm"], 8_000, 9_000)?.width == 7_990)
    }

    @Test("else it gets the shortest page of the nearest width that it fits on, or the longest")
    func nearest() {
        #expect(chosen(Self.named, 8_000, 12_350) == PageSize(width: 8_000, length: 20_000))
        #expect(chosen(Self.named, 8_000, 20_001) == PageSize(width: 8_000, length: 29_700))
        #expect(chosen(Self.named, 8_000, 40_000) == PageSize(width: 8_000, length: 29_700))
        #expect(chosen(Self.named, 5_800, 10_000, dots: 384) == PageSize(width: 5_800, length: 29_700))
        #expect(
            chosen(["iso_a4_210x297mm", "na_letter_8.5x11in"], 8_000, 10_000) == PageSize(width: 21_000, length: 29_700)
        )
        // Star's 72 mm in whole points.
        #expect(chosen(["custom_71.97x200mm_71.97x200mm"], 8_000, 10_000)?.width == 7_197)
    }

    @Test("no page is narrower than what is printed on it, and a queue that lists none gets the receipt as it is")
    func edges() {
        #expect(chosen(["custom_58x297mm_58x297mm"], 8_000, 10_000) == nil)
        #expect(chosen(["custom_min_10x10mm", "custom_max_58x999mm"], 8_000, 10_000) == nil)
        #expect(chosen(["custom_min_10x10mm", "custom_max_58x999mm"] + Self.named, 8_000, 10_000)?.length == 20_000)
        for media in [[], ["unknown", "", "custom_", "choice_iso_a4_210x297mm_na_letter_8.5x11in"]] {
            #expect(chosen(media, 8_000, 10_000) == PageSize(width: 8_000, length: 10_000), "\(media)")
            #expect(PageSizes(media: media).media(for: PageSize(width: 8_000, length: 10_000)) == nil)
        }
    }

    @Test(
        "a page is told to the server by the name it was listed by, or by its size",
        arguments: [
            (PageSize(width: 8_000, length: 20_000), "custom_80x200mm_80x200mm"),
            (PageSize(width: 8_000, length: 12_350), "custom_80x123.5mm_80x123.5mm"),
            (PageSize(width: 7_205, length: 12_383), "custom_72.05x123.83mm_72.05x123.83mm"),
        ])
    func name(size: PageSize, name: String) {
        #expect(PageSizes(media: Self.named + Self.any).media(for: size) == name)
        #expect(PageSize(mediaName: name) == size)
    }
}
