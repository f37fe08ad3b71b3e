import CPangoCairo

/// A cairo image surface, destroyed when it goes out of scope.
struct CairoSurface: ~Copyable {
    let handle: OpaquePointer

    /// Takes ownership of a surface that cairo has just made; cairo never returns nil, but a surface in an error state.
    init(taking handle: OpaquePointer?, _ code: RasterError.Code, _ what: String) throws(RasterError) {
        guard let handle else {
            throw RasterError(.drawing, "\(what): cairo gave no surface; is the machine out of memory?")
        }
        do {
            try check(cairo_surface_status(handle), code, what)
        } catch {
            cairo_surface_destroy(handle)
            throw error
        }
        self.handle = handle
    }

    /// A new surface, all zero: transparent, or black.
    init(format: cairo_format_t, width: Int, height: Int) throws(RasterError) {
        guard let width = Int32(exactly: width), let height = Int32(exactly: height) else {
            throw RasterError(.tooLarge, "a picture of \(width)×\(height) dots is more than cairo can draw")
        }
        try self.init(taking: cairo_image_surface_create(format, width, height), .drawing, "a new picture")
    }

    deinit {
        cairo_surface_destroy(handle)
    }

    var width: Int { Int(cairo_image_surface_get_width(handle)) }
    var height: Int { Int(cairo_image_surface_get_height(handle)) }

    /// Gives access to the rows and the bytes from one row to the next, and tells cairo of changes afterwards.
    func withRows<Result>(_ body: (UnsafeMutablePointer<UInt8>, _ stride: Int) -> Result) throws(RasterError) -> Result
    {
        cairo_surface_flush(handle)
        guard let data = cairo_image_surface_get_data(handle) else {
            throw RasterError(.drawing, "cairo gave no access to the dots of a picture")
        }
        let result = body(data, Int(cairo_image_surface_get_stride(handle)))
        cairo_surface_mark_dirty(handle)
        return result
    }

    /// Draws with a context that lives as long as the call.
    func draw(_ body: (OpaquePointer) -> Void) throws(RasterError) {
        guard let context = cairo_create(handle) else {
            throw RasterError(.drawing, "cairo gave no drawing context; is the machine out of memory?")
        }
        defer { cairo_destroy(context) }
        body(context)
        try check(cairo_status(context), .drawing, "drawing a picture")
    }
}

func check(_ status: cairo_status_t, _ code: RasterError.Code, _ what: String) throws(RasterError) {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw RasterError(code, "\(what): \(String(cString: cairo_status_to_string(status)))")
}
