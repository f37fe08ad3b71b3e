import CPangoCairo

/// A piece of paper to draw on, eight bits a dot, destroyed when it goes out of scope.
///
/// Shapes are drawn smooth and then cut at half coverage, which gives strokes of even weight.
struct InkSurface: ~Copyable {
    /// In dots, a multiple of 8: rows pack to whole bytes.
    let width: Int
    /// In rows; cairo's surfaces have at most 32,767.
    let height: Int
    private let surface: OpaquePointer
    private let context: OpaquePointer

    init(width: Int, height: Int) throws(ReceiptError) {
        self.width = (width + 7) / 8 * 8
        self.height = height
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, Int32(self.width), Int32(height)) else {
            throw ReceiptError(.drawing, "cairo gave no surface; is the machine out of memory?")
        }
        guard let context = cairo_create(surface) else {
            cairo_surface_destroy(surface)
            throw ReceiptError(.drawing, "cairo gave no drawing context; is the machine out of memory?")
        }
        do {
            try Self.check(cairo_status(context))
        } catch {
            cairo_destroy(context)
            cairo_surface_destroy(surface)
            throw error
        }
        self.surface = surface
        self.context = context
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// Makes the paper white again.
    func clear() {
        cairo_set_operator(context, CAIRO_OPERATOR_CLEAR)
        cairo_paint(context)
        cairo_set_operator(context, CAIRO_OPERATOR_OVER)
    }

    /// Draws a laid-out text with its top left corner at (x, y).
    func draw(_ text: LaidOutText, x: Int, y: Int, isWhite: Bool) {
        cairo_set_operator(context, isWhite ? CAIRO_OPERATOR_DEST_OUT : CAIRO_OPERATOR_OVER)
        cairo_move_to(context, Double(x), Double(y))
        pango_cairo_show_layout(context, text.handle)
    }

    /// A black rectangle; negative sizes draw nothing.
    func fill(x: Int, y: Int, width: Int, height: Int) {
        guard width > 0, height > 0 else { return }
        cairo_set_operator(context, CAIRO_OPERATOR_OVER)
        cairo_rectangle(context, Double(x), Double(y), Double(width), Double(height))
        cairo_fill(context)
    }

    /// Packs the upper rows, eight dots to a byte, and adds them to `bytes`.
    func pack(rows: Int, bytesPerRow: Int, into bytes: inout [UInt8]) throws(ReceiptError) {
        try Self.check(cairo_status(context))
        cairo_surface_flush(surface)
        guard let data = cairo_image_surface_get_data(surface) else {
            throw ReceiptError(.drawing, "cairo gave no access to the dots of the paper")
        }
        let stride = Int(cairo_image_surface_get_stride(surface))
        for y in 0..<min(rows, height) {
            let row = UnsafeRawPointer(data + y * stride)
            for index in 0..<min(bytesPerRow, width / 8) {
                let eight = UInt64(littleEndian: row.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
                // A dot is black from 128 up, so its top bit decides. The product gathers the eight top bits in its
                // highest byte, the leftmost dot first.
                let tops = eight >> 7 & 0x0101_0101_0101_0101
                bytes.append(UInt8(truncatingIfNeeded: (tops &* 0x8040_2010_0804_0201) >> 56))
            }
        }
    }

    private static func check(_ status: cairo_status_t) throws(ReceiptError) {
        guard status != CAIRO_STATUS_SUCCESS else { return }
        throw ReceiptError(.drawing, "drawing a receipt: \(String(cString: cairo_status_to_string(status)))")
    }
}
