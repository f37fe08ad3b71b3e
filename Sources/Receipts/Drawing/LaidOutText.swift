import CPangoCairo

/// A text that Pango has shaped and broken into lines. It belongs to one typesetter and never leaves it.
final class LaidOutText {
    let handle: OpaquePointer
    let size: TextSize

    /// Takes ownership of a layout.
    init(taking handle: OpaquePointer) {
        self.handle = handle
        var (width, height): (Int32, Int32) = (0, 0)
        pango_layout_get_pixel_size(handle, &width, &height)
        size = TextSize(width: Int(width), height: Int(height))
    }

    deinit {
        g_object_unref(UnsafeMutableRawPointer(handle))
    }
}
