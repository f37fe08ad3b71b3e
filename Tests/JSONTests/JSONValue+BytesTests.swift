import Testing

@testable import JSON

@Suite struct JSONValueBytesTests {
    @Test(
        "equal values have the same canonical bytes",
        arguments: [
            (#"{"a":1,"b":2}"#, #"{ "b" : 2 , "a" : 1 }"#),
            (#"{"x":{"a":1,"b":[1,2]}}"#, #"{"x":{"b":[1 , 2],"a":1}}"#),
            ("1", "1.0"), ("1", "10e-1"), ("1", "0.1e1"), ("1", "1E0"), ("1", "1e+0"), ("1", "1e-0"), ("100", "1e2"),
            ("0", "-0"), ("0", "0.000"), ("0", "0e99"), ("-0", "0e-400"), ("1e400", "10e399"), ("1e400", "0.1e401"),
            ("-1.50", "-15e-1"), ("0.000001", "1e-6"), ("1.0e400", "1e400"),
            ("1e99999999999999999999", "1E99999999999999999999"),
            ("12345678901234567890123", "12345678901234567890123.000"), (#""\u0e01""#, "\"ก\""), (#""\/""#, #""/""#),
            (#""\n""#, #""\u000a""#), (#""\ud83d\ude00""#, "\"😀\""), ("\u{FEFF}{}", " { } "),
        ])
    func same(left: String, right: String) throws {
        let (left, right) = (try value(left), try value(right))
        #expect(left.canonicalBytes == right.canonicalBytes)
        #expect(left == right)
    }

    @Test(
        "different values have different canonical bytes",
        arguments: [
            ("1", "2"), ("1", "-1"), ("1", "1.000000000000000000000000000001"), ("1e400", "1e401"), ("1e-400", "0"),
            ("9007199254740993", "9007199254740992"), ("1e99999999999999999999", "1e99999999999999999998"),
            ("10", "1"), ("1", "\"1\""), ("true", "\"true\""), ("null", "\"null\""), ("[1,2]", "[2,1]"), ("[]", "{}"),
            ("[[1],2]", "[1,[2]]"), (#"{"a":null}"#, "{}"), (#"{"a":1}"#, #"{"A":1}"#), ("\"é\"", "\"e\u{301}\""),
            ("{\"é\":1}", "{\"e\u{301}\":1}"), ("\"a\"", "\"a \""), ("\"กำ\"", "\"กํา\""),
            ("\"\\u0000\"", "\"\""), ("\"\\\\n\"", "\"\\n\""),
        ])
    func different(left: String, right: String) throws {
        let (left, right) = (try value(left), try value(right))
        #expect(left.canonicalBytes != right.canonicalBytes)
        #expect(left != right)
    }

    @Test(
        "a number whose exponent is beyond all counting is JSON in its canonical form too, and the same number",
        arguments: [
            "1e99999999999999999999", "-2.50E-99999999999999999999", "10e9223372036854775807",
            "0.10e-9223372036854775808",
        ])
    func exponentBeyondInt(text: String) throws {
        let value = try value(text)
        let canonical = try JSONParser.parse(value.canonicalBytes)
        #expect(canonical == value)
        #expect(canonical.canonicalBytes == value.canonicalBytes)
    }

    @Test("canonical members are sorted by the bytes of their keys")
    func order() throws {
        let sorted = #"{"":0e0,"A":0e0,"Z":0e0,"a":0e0,"aa":0e0,"é":0e0,"ก":0e0,"😀":0e0}"#
        let value = try value(#"{"😀":0,"ก":0,"aa":0,"é":0,"a":0,"Z":0,"":0,"A":0}"#)
        #expect(String(decoding: value.canonicalBytes, as: UTF8.self) == sorted)
    }

    @Test("plain bytes keep the order of members and the spelling of numbers")
    func plainBytes() throws {
        let text = #"{"z":1.0,"a":[true,false,null,"ก",{}],"m":{"y":10e-1,"b":-0}}"#
        #expect(try value(text).text == text)
    }

    @Test("what has to be escaped is escaped, and reads back the same")
    func escapes() throws {
        let text = String(String.UnicodeScalarView((0..<0x80).compactMap { Unicode.Scalar($0) })) + "\u{2028}ก😀"
        let value = JSONValue.string(text)
        let bytes = value.bytes
        #expect(bytes.allSatisfy { $0 >= 0x20 })
        #expect(try JSONParser.parse(bytes) == value)
        #expect(try JSONParser.parse(value.canonicalBytes) == value)
        #expect(JSONValue.string("\"\\\u{1F}").text == #""\"\\\u001f""#)
    }

    private func value(_ text: String) throws -> JSONValue {
        try JSONParser.parse(Array(text.utf8))
    }
}
