import Foundation
import Testing

@testable import Host

@Suite struct FileNameTests {
    @Test("what cannot stand in a folder is no name", arguments: ["", ".", "..", "a/b", "a\0b", "/"])
    func refused(text: String) {
        #expect(FileName(text) == nil)
    }

    @Test(
        "an ending is known in capitals as well, and is not all of a name",
        arguments: [
            ("a.json", true), ("a.JSON", true), ("a.Json", true), (".json", false), ("json", false), ("a.jsonx", false),
            ("a.json.", false), ("a.b.json", true),
        ])
    func ending(text: String, has: Bool) throws {
        #expect(try #require(FileName(text)).hasEnding("json") == has)
    }

    @Test("bytes that are no text, and what steers a terminal, are told as numbers")
    func description() throws {
        let name = try #require(
            FileName(bytes: Array("ใบ".utf8) + [0xE3, 0xBA] + Array("\u{1B}[2J\u{202E}\\\n.json".utf8)))
        #expect(name.description == #"ใบ\xE3\xBA\x1B[2J\xE2\x80\xAE\\\x0A.json"#)
        #expect("\(try #require(FileName("ใบเสร็จ 1.json")))" == "ใบเสร็จ 1.json")
    }

    @Test("a number stands before the ending, and the stem gives way where the name is too long")
    func numbered() throws {
        #expect(try #require(FileName("a.json")).numbered(0).description == "a.json")
        #expect(try #require(FileName("a.JSON")).numbered(7).description == "a-7.JSON")
        #expect(try #require(FileName(".hidden")).numbered(7).description == ".hidden-7")
        // Thai letters have three bytes each: it is not cut within one.
        let long = try #require(FileName(String(repeating: "ก", count: 83) + ".json"))
        #expect(long.bytes.count == 254)
        let numbered = long.numbered(12)
        #expect(numbered.description == String(repeating: "ก", count: 82) + "-12.json")
        let bytes = try #require(FileName(bytes: [UInt8](repeating: 0xA1, count: 255)))
        #expect((250...255).contains(bytes.numbered(1_000).bytes.count))
        #expect(try #require(FileName("a." + String(repeating: "b", count: 253))).numbered(1).bytes.count == 255)
        #expect(long.numbered(0, longest: 100).bytes.count <= 100)
    }

    @Test("another ending takes the place of the last one") func replaced() throws {
        #expect(
            try #require(FileName("a.b.JSON")).replacingEnding(by: ".problem.json").description == "a.b.problem.json")
        let long = try #require(FileName(String(repeating: "n", count: 250) + ".json"))
        #expect(long.replacingEnding(by: ".problem.json").bytes.count == 255)
    }

    @Test("a free number is found in few looks, however many are taken", arguments: [0, 1, 2, 3, 10_000, 1_000_000])
    func free(taken: Int) {
        var looks = 0
        let number = FreeNumber.first { number in
            looks += 1
            return number < taken
        }
        #expect(number == taken)
        #expect(looks <= 45)
    }

    @Test("where numbers in between were given up, one that is free is found all the same") func gaps() {
        for seed in 0..<200 {
            var dice = SystemRandomNumberGenerator()
            let taken = Set((0..<(seed + 1)).map { _ in Int.random(in: 0...400, using: &dice) } + [0])
            #expect(!taken.contains(FreeNumber.first { taken.contains($0) }))
        }
    }
}
