import Foundation

/// `c6f3f207-169d-481c-882c-f50c5b85626d`.
enum UUIDText {
    static func make() -> String { UUID().uuidString.lowercased() }

    static func isUUID(_ text: String) -> Bool { text.utf8.count == 36 && UUID(uuidString: text) != nil }

    /// By the pattern of the page: lower case but for one place, with 4 and one of 8, 9, a, b where they belong.
    static func isVersion4(_ text: String) -> Bool {
        guard isUUID(text) else { return false }
        let bytes = Array(text.utf8)
        let isLower = bytes.enumerated().allSatisfy { $0.offset == 19 || !(0x41...0x5A).contains($0.element) }
        return isLower && bytes[14] == UInt8(ascii: "4") && "89aAbB".utf8.contains(bytes[19])
    }
}
