import CZlib

extension Reply {
    mutating func pack(as kind: AnswerCoding) {
        switch kind {
        case .gzip: (body, coding) = (Self.packed(body, windowBits: 15 + 16), "gzip")
        case .deflate: (body, coding) = (Self.packed(body, windowBits: 15), "deflate")
        case .unheardOf: (body, coding) = (body.reversed(), "backwards")
        case .bomb:
            body = Self.packed([UInt8](repeating: 0x20, count: 64 << 20), windowBits: 15 + 16)
            coding = "gzip"
        }
    }

    /// - Parameter windowBits: 15 for zlib's own format, which HTTP calls deflate, and 16 more for gzip (zlib.h,
    ///   deflateInit2).
    private static func packed(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
        var stream = z_stream()
        guard
            deflateInit2_(
                &stream, Z_BEST_COMPRESSION, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return [] }
        defer { deflateEnd(&stream) }
        var input = bytes
        // The bound does not include what gzip adds around it.
        var output = [UInt8](repeating: 0, count: Int(compressBound(uLong(bytes.count))) + 64)
        return input.withUnsafeMutableBufferPointer { input in
            let count = output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = uInt(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = uInt(output.count)
                return deflate(&stream, Z_FINISH) == Z_STREAM_END ? output.count - Int(stream.avail_out) : 0
            }
            return Array(output.prefix(count))
        }
    }
}
