import Foundation

/// A configuration file, as an editor or a disk may leave it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // Text that is not UTF-8 is refused before it is parsed.
    let bytes = UnsafeBufferPointer(start: start, count: count)
    guard let text = String(validating: bytes, as: UTF8.self) else { return -1 }
    do throws(SettingsProperties.Broken) {
        try SettingsProperties.hold(for: text)
    } catch {
        broken(error)
    }
    return 0
}

private func broken(_ error: SettingsProperties.Broken) -> Never {
    FileHandle.standardError.write(Data("broken: \(error)\n".utf8))
    abort()
}
