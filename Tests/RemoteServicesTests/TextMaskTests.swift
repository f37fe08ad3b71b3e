import Testing

@testable import RemoteServices

@Suite struct TextMaskTests {
    @Test(
        "what a request says of a person is taken out, in whatever letters a service says it",
        arguments: [
            ("Somchai Maipong is unknown", "… is unknown"), ("SOMCHAI MAIPONG is unknown", "… is unknown"),
            ("no สมชาย หมายปอง here", "no … here"), ("somchai", "somchai"), ("Som. of Unit 4", "Som. of Unit 4"),
        ])
    func masked(text: String, expected: String) {
        #expect(TextMask(["Somchai Maipong", "สมชาย หมายปอง", "4"]).masked(text) == expected)
    }
}
