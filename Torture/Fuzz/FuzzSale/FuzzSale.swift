import Foundation

/// What a till posts.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do throws(SaleProperties.Broken) {
        try SaleProperties.hold(for: Array(UnsafeBufferPointer(start: start, count: count)))
    } catch {
        broken(error)
    }
    return 0
}

private func broken(_ error: SaleProperties.Broken) -> Never {
    FileHandle.standardError.write(Data("broken: \(error)\n".utf8))
    abort()
}
