import Foundation

/// The machine's clock, as one gateway sees it: a library preloaded into the program, and a file that sets it.
struct WallClock {
    private let library: URL
    private let file: URL

    /// Puts the file, and the library that reads it, into the store's folder.
    init(in store: Store, ahead seconds: Int = 0) async throws {
        library = store.folder.appendingPathComponent("wall-clock.so")
        file = store.folder.appendingPathComponent("wall-clock")
        let source = Fixture.file("wall-clock.c")
        let outcome = try await Binary.run(
            [
                "-c",
                #"exec "$(command -v clang || command -v cc)" -shared -fPIC -O1 -Wall -Werror -o "$1" "$2""#, "sh",
                library.path, source.path,
            ], at: URL(fileURLWithPath: "/bin/sh"))
        guard outcome.status == 0 else { throw FixtureError("\(source.path): \(outcome.complaints)") }
        try set(ahead: seconds)
    }

    var environment: [String: String] { ["LD_PRELOAD": library.path, "WALL_CLOCK": file.path] }

    func set(ahead seconds: Int) throws {
        try Data("\(seconds)".utf8).write(to: file, options: .atomic)
    }
}
