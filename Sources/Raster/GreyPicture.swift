import CPangoCairo

/// A picture in shades of grey, read from a PNG and laid over white paper.
struct GreyPicture {
    /// Cairo's image surfaces are not larger.
    static let largestSide = 32_767

    let width: Int
    let height: Int
    /// One byte a dot, 0 is black, rows from the top.
    var luminance: [UInt8]

    /// Reads a PNG, scaled down (never up) to fit into a width and a height, if given.
    init(
        png: [UInt8], maximumDots: Int, maximumWidth: Int = .max, maximumHeight: Int = .max
    ) throws(RasterError) {
        let size = try Self.size(ofPNG: png)
        let (dots, overflow) = size.width.multipliedReportingOverflow(by: size.height)
        guard !overflow, dots <= maximumDots else {
            throw RasterError(
                .tooLarge,
                "the PNG has \(size.width)×\(size.height) dots, more than the \(maximumDots) accepted; make it smaller")
        }
        let source = try Self.decode(png)
        let scale = min(
            1, Double(maximumWidth) / Double(source.width), Double(maximumHeight) / Double(source.height))
        width = max(1, Int((Double(source.width) * scale).rounded()))
        height = max(1, Int((Double(source.height) * scale).rounded()))
        let canvas = try CairoSurface(format: CAIRO_FORMAT_RGB24, width: width, height: height)
        let (across, down) = (Double(width) / Double(source.width), Double(height) / Double(source.height))
        try canvas.draw { context in
            cairo_set_source_rgb(context, 1, 1, 1)
            cairo_paint(context)
            cairo_scale(context, across, down)
            cairo_set_source_surface(context, source.handle, 0, 0)
            cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_GOOD)
            cairo_paint(context)
        }
        let (width, height) = (width, height)
        luminance = try canvas.withRows { rows, stride in
            var grey = [UInt8](repeating: 255, count: width * height)
            for y in 0..<height {
                for x in 0..<width {
                    // RGB24 stores a dot as one 32-bit word of the machine's byte order, red above green above blue.
                    let dot = UnsafeRawPointer(rows + y * stride + x * 4).load(as: UInt32.self)
                    let (red, green, blue) = (dot >> 16 & 0xFF, dot >> 8 & 0xFF, dot & 0xFF)
                    // Rec. 601 weights, in 256ths.
                    grey[y * width + x] = UInt8((77 * red + 150 * green + 29 * blue) >> 8)
                }
            }
            return grey
        }
    }

    /// The size in a PNG's IHDR chunk, which is always the first (PNG specification, 5.3 and 11.2.1).
    private static func size(ofPNG png: [UInt8]) throws(RasterError) -> (width: Int, height: Int) {
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        guard png.count >= 33, png.starts(with: signature), Array(png[12..<16]) == Array("IHDR".utf8) else {
            throw RasterError(.notPNG, "the picture is not a PNG; give a PNG file")
        }
        func number(at offset: Int) -> Int {
            png[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        let (width, height) = (number(at: 16), number(at: 20))
        guard width > 0, height > 0 else {
            throw RasterError(.notPNG, "the PNG says that it is \(width)×\(height) dots large; it is broken")
        }
        guard width <= largestSide, height <= largestSide else {
            throw RasterError(
                .tooLarge, "the PNG has \(width)×\(height) dots; at most \(largestSide) a side can be read")
        }
        return (width, height)
    }

    private static func decode(_ png: [UInt8]) throws(RasterError) -> CairoSurface {
        let handle = png.withUnsafeBytes { bytes in
            var unread = bytes[...]
            return withUnsafeMutablePointer(to: &unread) { source in
                cairo_image_surface_create_from_png_stream(
                    { source, target, count in
                        guard let source, let target else { return CAIRO_STATUS_READ_ERROR }
                        let unread = source.assumingMemoryBound(to: Slice<UnsafeRawBufferPointer>.self)
                        guard unread.pointee.count >= Int(count) else { return CAIRO_STATUS_READ_ERROR }
                        UnsafeMutableRawBufferPointer(start: target, count: Int(count))
                            .copyBytes(from: unread.pointee.prefix(Int(count)))
                        unread.pointee = unread.pointee.dropFirst(Int(count))
                        return CAIRO_STATUS_SUCCESS
                    }, source)
            }
        }
        return try CairoSurface(taking: handle, .notPNG, "the PNG is broken and cannot be read")
    }
}
