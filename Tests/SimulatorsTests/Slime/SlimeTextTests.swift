import Foundation
import Testing

@testable import Simulators

/// The texts that the Slime simulator reads and writes by itself, held against Foundation's where it has them.
struct SlimeTextTests {
    @Test(
        "well-formed JSON is what Foundation makes of it",
        arguments: [
            "null", " true ", "[]", "{}", "-0.5e+10", "[1,2.50,-3E2]", #"{"a":{"b":[null,false]}}"#,
            #""\u0e01\n\"\\\/""#,
            #""\ud83e\uddfe""#, "\"ก🧾\"", #"{"":""}"#, "\t[\r\n1 , 2 ]",
        ])
    func wellFormed(text: String) throws {
        let value = try JSONReader.read(Array(text.utf8))
        let ours = try JSONSerialization.jsonObject(with: Data(value.bytes), options: .fragmentsAllowed) as? NSObject
        let theirs = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed) as? NSObject
        #expect(ours == theirs)
    }

    @Test(
        "broken JSON is refused",
        arguments: [
            "", " ", "nul", "01", "1.", ".5", "+1", "-", "1e", "[1,]", "[1", "[", "{", "{\"a\"}", "{\"a\":1,}", "{a:1}",
            "1 2",
            "\"a", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\u{01}\"", #"{"a":1,"a":1}"#,
            "\u{FEFF}1",
            String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
        ])
    func broken(text: String) {
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test("a string that is not UTF-8 is refused")
    func notUTF8() {
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read([0x22, 0xC0, 0x80, 0x22]) }
    }

    @Test("an outermost member's own text is found again")
    func ranges() throws {
        let bytes = Array(#"{ "x" : 1, "data" : {"data": [1]} , "y":"}" }"#.utf8)
        var reader = JSONReader(bytes)
        _ = try reader.readWhole()
        let range = try #require(reader.memberRanges["data"])
        #expect(String(decoding: bytes[range], as: UTF8.self) == #"{"data": [1]}"#)
    }

    @Test("random bytes never crash the reader", arguments: 1...3)
    func fuzz(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let alphabet = Array(#"{}[]",:\u0123456789eE+-.truefalsn "#.utf8) + [0xE0, 0xB8, 0x81, 0xFF]
        var read = 0
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            if (try? JSONReader.read(bytes)) != nil { read += 1 }
        }
        #expect((1..<20_000).contains(read))
    }

    @Test("base64url is decoded as Foundation decodes base64", arguments: 0...40)
    func base64(count: Int) {
        var random = SeededGenerator(state: UInt64(count))
        let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        #expect(Base64URL.decode(Array(SlimeCaller.encode(bytes).utf8)) == bytes)
    }

    @Test("what is not base64url is refused", arguments: ["A", "AA==", "A+AA", "A/AA", "AA A", "AB", "กกก"])
    func notBase64(text: String) {
        #expect(Base64URL.decode(Array(text.utf8)) == nil)
    }

    @Test(
        "times are written as Foundation writes them",
        arguments: [0, 951_782_399, 951_782_400, 1_700_472_242, 1_795_144_500, 4_107_542_399, -1, -2_203_891_200])
    func times(seconds: Int) {
        let date = Date(timeIntervalSince1970: Double(seconds))
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "UTC")
        format.calendar = Calendar(identifier: .iso8601)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        #expect(UTCTime.header(date) == format.string(from: date))
        format.dateFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'"
        #expect(UTCTime.timestamp(date) == format.string(from: date))
    }

    @Test(
        "an instant is the one that Foundation reads",
        arguments: [
            "1970-01-01T00:00:00Z", "2000-02-29T23:59:59Z", "2024-12-31T23:59:59+07:00", "1969-07-20T20:17:40-05:00",
            "2026-03-01T00:00:00Z", "1600-02-29T00:00:00Z", "9999-12-31T23:59:59Z",
        ])
    func instants(text: String) throws {
        #expect(try Grammar.instant(text) == Date(text, strategy: .iso8601))
        let later = text.replacing(/\d\d(Z|[+-]\d\d:\d\d)$/) { "\($0.0.prefix(2)).25\($0.1)" }
        #expect(try Grammar.instant(later) == Date(text, strategy: .iso8601).addingTimeInterval(0.25))
    }

    @Test("a clock that is out of its mind is written all the same", arguments: [-1e18, 1e18])
    func absurd(seconds: Double) {
        #expect(UTCTime.timestamp(Date(timeIntervalSince1970: seconds)).hasSuffix("Z"))
    }

    @Test(
        "a timestamp is an instant",
        arguments: [
            ("2024-02-29T00:00:00Z", true), ("2023-02-29T00:00:00Z", false), ("1900-02-29T00:00Z", false),
            ("2000-02-29T23:59Z", true), ("2026-11-20T10:15:00.5+07:00", true), ("2026-11-20T10:15:00+0700", true),
            ("2026-11-20T10:15:00+07", true), ("2026-11-20T24:00:00Z", false), ("2026-11-20T10:60:00Z", false),
            ("2026-13-20T10:15:00Z", false), ("2026-11-20T10:15:00z", false), ("2026-11-20T10:15:00Z ", false),
            ("20261120T101500Z", false), ("2026-11-20T10:15:00+24:00", false), ("2026-11-20T10:15:00.Z", false),
            ("", false),
        ])
    func timestamps(text: String, isOne: Bool) {
        #expect(Grammar.isTimestamp(text) == isOne)
    }
}
