import Foundation
import NIOCore
import NIOPosix

/// What a printer sends.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard bytes.first == UInt8(ascii: "s") else {
        do throws(PrinterProperties.Broken) { return try PrinterProperties.holdAtOnce(for: bytes) ? 0 : -1 } catch {
            broken(error)
        }
    }
    let held = MultiThreadedEventLoopGroup.singleton.any().makeFutureWithTask {
        do throws(PrinterProperties.Broken) { try await PrinterProperties.hold(for: bytes) } catch { broken(error) }
    }
    try? held.wait()
    return 0
}

private func broken(_ error: PrinterProperties.Broken) -> Never {
    FileHandle.standardError.write(Data("broken: \(error)\n".utf8))
    abort()
}
