import Testing

@testable import JSON

@Suite struct JSONParserTests {
    @Test(
        "every form of JSON is read",
        arguments: [
            ("null", .null), (" \t\r\n true \n", .bool(true)), ("false", .bool(false)), ("\"\"", .string("")),
            ("[]", .array([])), ("{}", .object([:])), ("[ 1 , null ]", .array([.number(JSONNumber(1)), .null])),
            ("{ \"a\" : { \"b\" : [ ] } }", .object(["a": .object(["b": .array([])])])),
            (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
            (#""\u0e01\u0E01ก""#, .string("กกก")), (#""\u0000""#, .string("\0")),
            (#""\ud83d\uDE00x""#, .string("😀x")), ("\"\u{7F}\u{2028}\"", .string("\u{7F}\u{2028}")),
            (#"{"":1}"#, .object(["": .number(JSONNumber(1))])),
            (#"{"a":1,"A":2}"#, .object(["a": .number(JSONNumber(1)), "A": .number(JSONNumber(2))])),
        ] as [(String, JSONValue)])
    func accepted(text: String, expected: JSONValue) throws {
        #expect(try JSONParser.parse(Array(text.utf8)) == expected)
    }

    @Test(
        "a number keeps the digits it was written with",
        arguments: [
            "0", "-0", "0.10", "1.0", "10e-1", "1E+2", "1e400", "-1.5e-3", "12345678901234567890.123456789012345678901",
        ])
    func numbers(text: String) throws {
        let value = try JSONParser.parse(Array("[\(text)]".utf8))
        guard case .array(let values) = value, case .number(let number)? = values.first else {
            Issue.record("no number but \(value)")
            return
        }
        #expect(number.text == text)
        #expect(value.bytes == Array("[\(text)]".utf8))
    }

    @Test(
        "broken JSON is refused with line, column and what was expected",
        arguments: [
            ("", 1, 1, "expected a value, found the end"), ("  \n ", 2, 2, "found the end"),
            ("{", 1, 2, "expected a member name in quotes, found the end"), ("[", 1, 2, "found the end"),
            ("{\n  \"a\": 1,\n}", 3, 1, "expected a member name in quotes, found '}'"), ("[1,]", 1, 4, "found ']'"),
            ("{\"a\" 1}", 1, 6, "expected ':'"), ("{a:1}", 1, 2, "member name"), ("{1:1}", 1, 2, "member name"),
            ("{\"a\":}", 1, 6, "expected a value, found '}'"), ("{\"a\":1 \"b\":2}", 1, 8, "expected ',' or '}'"),
            ("[1 2]", 1, 4, "expected ',' or ']'"), ("[1}", 1, 3, "expected ',' or ']', found '}'"),
            ("{} {}", 1, 4, "expected the end"), ("\r\n\r\n]", 3, 1, "expected a value"),
            ("01", 1, 2, "expected the end"), ("-01", 1, 3, "expected the end"), ("1.", 1, 3, "expected a digit"),
            ("1.e1", 1, 3, "expected a digit"), ("1e", 1, 3, "expected a digit"), ("1e+", 1, 4, "expected a digit"),
            ("-", 1, 2, "expected a digit"), (".5", 1, 1, "expected a value"), ("+1", 1, 1, "expected a value"),
            ("0x10", 1, 2, "expected the end"), ("tru", 1, 1, "expected a value"), ("True", 1, 1, "expected a value"),
            ("nulll", 1, 5, "expected the end"), ("NaN", 1, 1, "expected a value"), ("'a'", 1, 1, "expected a value"),
            ("/**/1", 1, 1, "expected a value"), ("[\u{A0}1]", 1, 2, "found byte 194"), ("\u{C}1", 1, 1, "byte 12"),
            ("\"a", 1, 1, "has no end"), ("\"a\\\"", 1, 1, "has no end"), ("\"\\", 1, 3, "without its letter"),
            ("\"a\nb\"", 1, 3, "control character"), ("\"\t\"", 1, 2, "control character"),
            ("\"\\n\u{1}\"", 1, 4, "control character"), (#""\x""#, 1, 2, "JSON does not have"),
            (#""\u12""#, 1, 6, "four hexadecimal digits"), (#""\u12G4""#, 1, 6, "hexadecimal digits, found 'G'"),
            (#""\u+123""#, 1, 4, "hexadecimal digits"), (#""\U0061""#, 1, 2, "JSON does not have"),
            ("{\"ชื่อ\" 1}", 1, 9, "expected ':' after a member name, found '1'"),
            ("{\n\"ก\": \"ข\", ]", 2, 11, "member name in quotes, found ']'"),
        ])
    func refused(text: String, line: Int, column: Int, detail: String) {
        let error = refusal(of: Array(text.utf8))
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.detail.contains(detail) == true, "\(String(describing: error))")
    }

    @Test(
        "a member that occurs twice in one object is refused, however it is spelled",
        arguments: [
            (#"{"a":1,"a":2}"#, 8), (#"{"a":1,"a":1}"#, 8), (#"{"a":1,"\u0061":2}"#, 8), (#"{"\u0061":1,"a":2}"#, 13),
            (#"[{"x":{"b":1, "b":1}}]"#, 15), (#"{"":0,"":0}"#, 7), (#"{"\ud83d\ude00":0,"😀":0}"#, 19),
        ])
    func duplicates(text: String, column: Int) {
        let error = refusal(of: Array(text.utf8))
        #expect(error?.column == column)
        #expect(error?.detail.contains("occurs twice") == true, "\(String(describing: error))")
    }

    @Test("a member that stands twice is found however many others there are", arguments: [2, 15, 16, 17, 40])
    func duplicatesAmongMany(count: Int) {
        for twice in [0, count / 2, count - 1] {
            let names = (0..<count).map { "n\($0)" } + ["n\(twice)"]
            let text = "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
            #expect(refusal(of: Array(text.utf8))?.detail.contains("\"n\(twice)\" occurs twice") == true)
            let unique = text.replacing(",\"n\(twice)\":0}", with: "}")
            #expect(refusal(of: Array(unique.utf8)) == nil)
        }
    }

    @Test("composed and decomposed letters are two names, not one twice")
    func canonicallyEquivalentNames() throws {
        let value = try JSONParser.parse(Array("{\"é\":1,\"e\u{301}\":2}".utf8))
        guard case .object(let object) = value else {
            Issue.record("no object but \(value)")
            return
        }
        #expect(object["é"] == .number(JSONNumber(1)))
        #expect(object["e\u{301}"] == .number(JSONNumber(2)))
    }

    @Test(
        "half a surrogate pair is refused where it stands",
        arguments: [
            #""\ud800""#, #""\udbff""#, #""\udc00""#, #""\udfff""#, #""\ud800\n""#, #""\ud800x""#, #""\ud800\ud800""#,
            #""\udc00\ud800""#, #""\ud800\u0041""#, #""\ud800\ue000""#,
        ])
    func surrogates(text: String) {
        let error = refusal(of: Array(text.utf8))
        #expect(error?.column == 2)
        #expect(error?.detail == "half a surrogate pair")
    }

    @Test(
        "what is not UTF-8 is refused inside and outside of strings",
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE0, 0xB8, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0x80, 0x22], [0x22, 0x5C, 0x6E, 0xFF, 0x22],
        ] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        #expect(refusal(of: bytes)?.detail == "the string that begins here is not UTF-8")
    }

    @Test(
        "other encodings are refused",
        arguments: [[0xFF, 0xFE, 0x7B, 0x00], [0xFE, 0xFF], [0xFF], [0x7B, 0x00]] as [[UInt8]])
    func otherEncodings(bytes: [UInt8]) {
        #expect(refusal(of: bytes) != nil)
    }

    @Test("one leading byte-order mark is ignored, also in the column of an error")
    func byteOrderMark() throws {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        #expect(try JSONParser.parse(mark + Array("{}".utf8)) == .object([:]))
        #expect(refusal(of: mark + Array("{]".utf8))?.column == 2)
        #expect(refusal(of: mark + mark + Array("{}".utf8))?.detail == "expected a value, found byte 239")
        #expect(refusal(of: mark)?.detail == "expected a value, found the end")
    }

    @Test("64 levels are read, the 65th is refused, and levels side by side do not add up")
    func depth() throws {
        let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(try JSONParser.parse(Array(deepest.utf8)).bytes == Array(deepest.utf8))
        let tooDeep = refusal(of: Array("[\(deepest)]".utf8))
        #expect(tooDeep?.detail == "nested deeper than 64 levels")
        #expect(tooDeep?.column == 65)
        let siblings = "[" + Array(repeating: "[{}]", count: 100).joined(separator: ",") + "]"
        #expect(try JSONParser.parse(Array(siblings.utf8)).bytes == Array(siblings.utf8))
        let objects = String(repeating: "{\"a\":", count: 65)
        #expect(refusal(of: Array(objects.utf8))?.detail == "nested deeper than 64 levels")
    }

    @Test("a million opening brackets are refused, not followed")
    func hostileDepth() {
        #expect(refusal(of: [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))?.column == 65)
    }

    private func refusal(of bytes: [UInt8]) -> JSONSyntaxError? {
        do {
            _ = try JSONParser.parse(bytes)
            return nil
        } catch {
            return error
        }
    }
}
