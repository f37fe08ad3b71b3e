import Testing

@testable import Settings

/// What ended the process in toml++ before it was looked for; each was found by scripts/fuzz.
@Suite struct TOMLCheckTests {
    @Test(
        "a header that names no table, a brace in an array and half a time are faults of a line",
        arguments: [
            ("[\n", 1), ("[[\nname", 1), ("a = 1\n\t[ # x", 2), ("[=]", 1), ("[[[", 1), ("\u{FEFF}[\u{1}", 1),
            ("a = [}", 1), ("a = [1,\n}", 2), ("a = [{b = 1}}", 1),
            ("a = 12:3x", 1), ("a = 9287-05-27T'07:32:00Z", 1), ("a = [\n1979-05-27 0]", 2), ("a = 0.0.0.0:9180", 1),
            ("a = 5s", 1), ("a = { b = 1_x }", 1), ("a = \"\"\"\n[\n\"\"\"\n[ ? ]", 4), ("a = '''\\'''\n[\u{7F}", 2),
            ("a = \"\"\"\\\n\"\"\"\"\"\n[.", 3),
        ])
    func fault(text: String, line: Int) throws {
        #expect(TOMLCheck.fault(in: text)?.line == line)
        let faults = SampleConfiguration.faults(of: text)
        #expect(faults.map(\.line) == [line])
        #expect(faults.map(\.key) == [""])
    }

    @Test(
        "what is TOML is none, and is left to the reader of TOML",
        arguments: [
            "[a]", "[ \"a\" . 'b' ]", "[[ a-1 ]]", "a = [ [1], [ [2] ],\n[3] ]", "a = { b = [ { } ] }", "a = []",
            "a = \"[ = ]\" # [ = ]", "a = '\\'\nb = '''\n[ = ]'''", "a = \"\"\"\n[ = ]\\\"\"\"\"\nb = 1", "1.2 = 3",
            "\"=\" = 1",
            "a = [ +1, -1_0, 0x1F, 0o17, 0b1, 1.5e+3, 6.0_1E-2, inf, -nan, true, false ]",
            "a = [ 1979-05-27, 07:32, 07:32:00.5, 1979-05-27T07:32:00Z, 1979-05-27 07:32:00.25-07:00, 1979-05-27t07:32z ]",
            "a = 1979-05-27 # 0\n\r\n\tb = 2", "-_ = 1",
        ])
    func none(text: String) {
        #expect(TOMLCheck.fault(in: text) == nil)
    }

    @Test("nesting that would exhaust the stack is a fault", arguments: [100_000, 33])
    func tooDeep(depth: Int) {
        let key = Array(repeating: "a", count: depth).joined(separator: ".")
        let nested = [
            "\(key) = 1", "[\(key)]", "a = " + String(repeating: "[", count: depth), "a = { \(key) = 1 }",
            "a = " + String(repeating: "{ a = ", count: depth), key.replacing("a", with: "\"a\"") + " = 1",
        ]
        for text in nested {
            let faults = SampleConfiguration.faults(of: "# nested\n" + text)
            #expect(faults.map(\.detail) == ["nested deeper than 32 levels"], "\(text.prefix(40))")
            #expect(faults.map(\.line) == [2])
        }
    }

    @Test("of ten thousand unknown keys the first hundred are named", .timeLimit(.minutes(1))) func manyFaults() {
        let text = (0..<10_000).map { "k\($0) = 1\n" }.joined()
        #expect(SampleConfiguration.faults(of: text).count == 101)
    }

    @Test("a zero byte does not end the file") func zero() {
        let faults = SampleConfiguration.faults(
            of: SampleConfiguration.minimal + "\n\0[[printers]]\nname = \"front\"\n")
        #expect(faults.map(\.detail) == ["expected text, found a zero byte"])
        #expect(faults.map(\.line) == [12])
    }
}
