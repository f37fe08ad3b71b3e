import Foundation

/// A file of `Fixtures`, which stands beside the tests' folders.
enum Fixture {
    static func file(_ name: String) -> URL {
        URL(filePath: #filePath).appending(path: "../../Fixtures").appending(path: name).standardized
    }
}
