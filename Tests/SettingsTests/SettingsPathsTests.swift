import Foundation
import Testing

@testable import Settings

/// Files of a configuration, on a real disk.
@Suite struct SettingsPathsTests {
    @Test(
        "relative paths are relative to the file, absolute ones stay",
        arguments: [
            ("logo.png", "/etc/kamkap/logo.png"), ("art/logo.png", "/etc/kamkap/art/logo.png"),
            ("../logo.png", "/etc/logo.png"), ("./a/../logo.png", "/etc/kamkap/logo.png"),
            ("/srv/logo.png", "/srv/logo.png"),
            ("ร้าน ก/logo.png", "/etc/kamkap/ร้าน ก/logo.png"), ("100%/a#b?c", "/etc/kamkap/100%/a#b?c"),
        ])
    func relativePaths(path: String, expected: String) {
        #expect(SettingsPaths(file: "/etc/kamkap/kamkap.toml", credentials: nil).resolve(path) == expected)
    }

    @Test("every path of the configuration is resolved")
    func everyPath() throws {
        let text =
            SampleConfiguration.minimal + """

                [intake]
                socket = "run/pos.sock"
                spool = "spool"
                token_file = "token"
                staff_token_file = "staff-token"
                [outbox]
                database = "../data/outbox.sqlite"
                """
        let settings = try SampleConfiguration.parse(text)
        #expect(settings.slime?.secretFile == "/etc/kamkap/secret")
        #expect(settings.intake.socket == "/etc/kamkap/run/pos.sock")
        #expect(settings.intake.spool == "/etc/kamkap/spool")
        #expect(settings.intake.tokenFile == "/etc/kamkap/token")
        #expect(settings.intake.staffTokenFile == "/etc/kamkap/staff-token")
        #expect(settings.outbox.database == "/etc/data/outbox.sqlite")
    }

    @Test("a bare secret name is looked up among the credentials first, a path never")
    func credentials() throws {
        try inTemporaryFolder { folder in
            let credential = folder.appendingPathComponent("secret")
            try Data("s".utf8).write(to: credential)
            let settings = try SampleConfiguration.parse(SampleConfiguration.minimal, credentials: folder.path)
            #expect(settings.slime?.secretFile == credential.path)
            let path = SampleConfiguration.minimal.replacing("\"secret\"", with: "\"./secret\"")
            #expect(
                try SampleConfiguration.parse(path, credentials: folder.path).slime?.secretFile == "/etc/kamkap/secret")
            let absent = SampleConfiguration.minimal.replacing("\"secret\"", with: "\"other\"")
            #expect(
                try SampleConfiguration.parse(absent, credentials: folder.path).slime?.secretFile == "/etc/kamkap/other"
            )
        }
    }

    @Test("a file is loaded from disk, and its paths are relative to where it lies")
    func load() throws {
        try inTemporaryFolder { folder in
            let file = folder.appendingPathComponent("kamkap.toml")
            try Data(SampleConfiguration.minimal.utf8).write(to: file)
            let settings = try Settings.load(file: file.path)
            #expect(settings.slime?.secretFile == folder.appendingPathComponent("secret").path)
        }
    }

    @Test("a file that is absent, a directory, or not UTF-8 is refused by its name")
    func unreadable() throws {
        try inTemporaryFolder { folder in
            let latin = folder.appendingPathComponent("latin.toml")
            try Data([0x61, 0xFF, 0x0A]).write(to: latin)
            for path in [folder.path, folder.path + "/absent.toml", latin.path] {
                let error = #expect(throws: SettingsError.self) { try Settings.load(file: path) }
                #expect(error?.file == path)
                #expect(error?.faults.map(\.key) == [""])
                #expect(error?.description.hasPrefix("\(path): cannot be read as UTF-8 text") == true)
            }
        }
    }

    private func inTemporaryFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("settings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.resolvingSymlinksInPath())
    }
}
