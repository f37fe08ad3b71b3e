import CPangoCairo
import Raster

/// A paper as a PDF: text in embedded fonts, shapes as shapes, destroyed when it goes out of scope.
///
/// Positions are in dots, as on the bitmap. The page is as wide as the roll for that number of dots.
struct PDFPaper: ~Copyable {
    /// Print heads at "203 dpi" have eight dots a millimetre.
    static let dotsPerMillimetre = 8.0
    private static let pointsPerMillimetre = 72 / 25.4
    static let pointsPerDot = pointsPerMillimetre / dotsPerMillimetre
    /// PDF pages have at most 14,400 points (ISO 32000-1, annex C.2); a longer paper goes on on a further page.
    static let maximumPageHeight = Int(14_400 / pointsPerDot)

    private let surface: OpaquePointer
    private let context: OpaquePointer
    private let written: WrittenBytes
    /// The width of a page in points, and where its first dot is.
    private let (pageWidth, left): (Double, Double)

    /// - Parameters:
    ///   - width: the printable width in dots.
    ///   - page: how wide a page is, in millimetres.
    init(width: Int, pageWidth page: Double) throws(ReceiptError) {
        pageWidth = page * Self.pointsPerMillimetre
        left = (pageWidth - Double(width) * Self.pointsPerDot) / 2
        written = WrittenBytes()
        let surface = cairo_pdf_surface_create_for_stream(
            { written, bytes, count in
                guard let written, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
                Unmanaged<WrittenBytes>.fromOpaque(written).takeUnretainedValue()
                    .append(UnsafeBufferPointer(start: bytes, count: Int(count)))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(written).toOpaque(), pageWidth, 1)
        guard let surface else {
            throw ReceiptError(.drawing, "cairo gave no PDF; is the machine out of memory?")
        }
        guard let context = cairo_create(surface) else {
            cairo_surface_destroy(surface)
            throw ReceiptError(.drawing, "cairo gave no drawing context; is the machine out of memory?")
        }
        self.surface = surface
        self.context = context
    }

    deinit {
        cairo_destroy(context)
        // Finished while the bytes that it writes to still exist.
        cairo_surface_finish(surface)
        cairo_surface_destroy(surface)
    }

    /// The page that this number of rows needs. 58 mm rolls leave room for 384 dots, 80 mm rolls for 576; for others
    /// only the dots are known.
    static func extent(width: Int, rows: Int) -> PageExtent {
        let rollWidth =
            switch width {
            case 384: 58.0
            case 576: 80.0
            default: Double(width) / dotsPerMillimetre
            }
        return PageExtent(width: rollWidth, height: Double(max(1, rows)) / dotsPerMillimetre)
    }

    /// How many rows fit on a page.
    static func rows(in page: PageExtent) -> Int {
        min(max(Int((page.height * dotsPerMillimetre).rounded(.down)), 1), maximumPageHeight)
    }

    /// Begins a page of a height in millimetres, with the rows from `top` on.
    func beginPage(top: Int, height: Double) {
        cairo_pdf_surface_set_size(surface, pageWidth, height * Self.pointsPerMillimetre)
        cairo_identity_matrix(context)
        cairo_translate(context, left, -Double(top) * Self.pointsPerDot)
        cairo_scale(context, Self.pointsPerDot, Self.pointsPerDot)
    }

    func endPage() {
        cairo_show_page(context)
    }

    /// Draws a laid-out text with its top left corner at (x, y).
    func draw(_ text: LaidOutText, x: Int, y: Int, isWhite: Bool) {
        let shade: Double = isWhite ? 1 : 0
        cairo_set_source_rgb(context, shade, shade, shade)
        cairo_move_to(context, Double(x), Double(y))
        pango_cairo_show_layout(context, text.handle)
    }

    /// Black rectangles, as one shape: then no viewer shows seams between those that touch.
    func fill(_ frames: [Frame]) {
        cairo_set_source_rgb(context, 0, 0, 0)
        for frame in frames where frame.width > 0 && frame.height > 0 {
            cairo_rectangle(context, Double(frame.x), Double(frame.y), Double(frame.width), Double(frame.height))
        }
        cairo_fill(context)
    }

    /// A picture as a stencil of one bit a dot.
    func draw(_ picture: Bitmap, x: Int, y: Int) throws(ReceiptError) {
        guard picture.width > 0, picture.height > 0 else { return }
        guard let width = Int32(exactly: picture.width), let height = Int32(exactly: picture.height),
            let stencil = cairo_image_surface_create(CAIRO_FORMAT_A1, width, height)
        else { throw ReceiptError(.drawing, "a picture of \(picture.width)×\(picture.height) dots is too large") }
        defer { cairo_surface_destroy(stencil) }
        guard let rows = cairo_image_surface_get_data(stencil) else {
            throw ReceiptError(.drawing, "a picture of \(picture.width)×\(picture.height) dots is too large")
        }
        let stride = Int(cairo_image_surface_get_stride(stencil))
        for row in 0..<picture.height {
            for index in 0..<picture.bytesPerRow {
                let eight = picture.bytes[row * picture.bytesPerRow + index]
                // Cairo's first dot is the lowest bit of a word on little-endian machines.
                rows[row * stride + index] = 1.littleEndian == 1 ? eight.mirrored : eight
            }
        }
        cairo_surface_mark_dirty(stencil)
        guard let pattern = cairo_pattern_create_for_surface(stencil) else {
            throw ReceiptError(.drawing, "cairo gave no pattern; is the machine out of memory?")
        }
        defer { cairo_pattern_destroy(pattern) }
        // Dots stay dots: no viewer should smooth a dithered picture.
        cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST)
        var toPicture = cairo_matrix_t()
        cairo_matrix_init_translate(&toPicture, Double(-x), Double(-y))
        cairo_pattern_set_matrix(pattern, &toPicture)
        cairo_set_source_rgb(context, 0, 0, 0)
        cairo_mask(context, pattern)
    }

    /// The bytes of the file. Nothing can be drawn afterwards.
    func finish() throws(ReceiptError) -> [UInt8] {
        var status = cairo_status(context)
        cairo_surface_finish(surface)
        if status == CAIRO_STATUS_SUCCESS { status = cairo_surface_status(surface) }
        guard status == CAIRO_STATUS_SUCCESS else {
            throw ReceiptError(.drawing, "drawing a PDF: \(String(cString: cairo_status_to_string(status)))")
        }
        return written.bytes
    }
}

private final class WrittenBytes {
    private(set) var bytes: [UInt8] = []

    func append(_ more: UnsafeBufferPointer<UInt8>) {
        bytes += more
    }
}

extension UInt8 {
    fileprivate var mirrored: UInt8 {
        var (mirrored, rest): (UInt8, UInt8) = (0, self)
        for _ in 0..<8 {
            mirrored = mirrored << 1 | rest & 1
            rest >>= 1
        }
        return mirrored
    }
}
