/// A driver for a printer with a roll: a PPD of our own before filters that Debian's cups brings.
public struct RollDriver: Sendable {
    /// What the printer is sent in the end.
    public enum Output: String, Sendable, CaseIterable {
        /// The PDF as the server's pdftopdf hands it on, text and shapes as they were.
        case pdf
        /// Dots at 203 to the inch, as most receipt printers' drivers make; in a PDF, so that they can be looked at.
        case dots
        /// A form that no filter makes of a PDF.
        case nothing
    }

    public var output: Output
    /// In millimetres.
    public var sizes: [(width: Int, length: Int)]
    /// Whether it takes sizes of one's own choice too, up to 80 mm wide and 5 m long.
    public var takesAnySize: Bool

    public init(
        _ output: Output = .pdf, sizes: [(width: Int, length: Int)] = [(80, 200), (80, 297), (58, 297)],
        takesAnySize: Bool = true
    ) {
        self.output = output
        self.sizes = sizes
        self.takesAnySize = takesAnySize
    }

    var ppd: String { head + list + (takesAnySize ? anySize : "") }

    private var filter: String {
        switch output {
        case .pdf: "application/vnd.cups-pdf application/pdf 0 -"
        case .dots: "application/vnd.cups-raster application/pdf 0 rastertopdf"
        case .nothing: "application/x-of-nobody application/x-of-nobody 0 -"
        }
    }

    private var head: String {
        """
        *PPD-Adobe: "4.3"
        *FormatVersion: "4.3"
        *FileVersion: "1.0"
        *LanguageVersion: English
        *LanguageEncoding: ISOLatin1
        *PCFileName: "ROLL.PPD"
        *Product: "(Roll)"
        *Manufacturer: "Nobody"
        *ModelName: "Roll printer"
        *ShortNickName: "Roll printer"
        *NickName: "Roll printer of a test"
        *PSVersion: "(3010.000) 0"
        *LanguageLevel: "3"
        *ColorDevice: False
        *DefaultColorSpace: Gray
        *cupsVersion: 2.4
        *cupsFilter2: "\(filter)"
        *OpenUI *Resolution/Resolution: PickOne
        *OrderDependency: 20 AnySetup *Resolution
        *DefaultResolution: 203dpi
        *Resolution 203dpi/203 dpi: "<</HWResolution[203 203]/cupsBitsPerColor 8/cupsColorSpace 3>>setpagedevice"
        *CloseUI: *Resolution

        """
    }

    private var list: String {
        let pages = sizes.map { size in
            (name: "R\(size.width)x\(size.length)", width: Self.points(size.width), length: Self.points(size.length))
        }
        let first = pages.first?.name ?? ""
        var text = ""
        for option in ["PageSize", "PageRegion"] {
            text +=
                "*OpenUI *\(option): PickOne\n*OrderDependency: 10 AnySetup *\(option)\n*Default\(option): \(first)\n"
            for page in pages {
                text += "*\(option) \(page.name): \"<</PageSize[\(page.width) \(page.length)]>>setpagedevice\"\n"
            }
            text += "*CloseUI: *\(option)\n"
        }
        text += "*DefaultImageableArea: \(first)\n*DefaultPaperDimension: \(first)\n"
        for page in pages {
            text += "*ImageableArea \(page.name): \"0 0 \(page.width) \(page.length)\"\n"
            text += "*PaperDimension \(page.name): \"\(page.width) \(page.length)\"\n"
        }
        return text
    }

    private var anySize: String {
        """
        *MaxMediaWidth: "226.77"
        *MaxMediaHeight: "14173"
        *HWMargins: 0 0 0 0
        *CustomPageSize True: "pop pop pop <</PageSize[5 -2 roll]/ImagingBBox null>>setpagedevice"
        *ParamCustomPageSize Width: 1 points 72 226.77
        *ParamCustomPageSize Height: 2 points 36 14173
        *ParamCustomPageSize WidthOffset: 3 points 0 0
        *ParamCustomPageSize HeightOffset: 4 points 0 0
        *ParamCustomPageSize Orientation: 5 int 0 0
        *VariablePaperSize: True

        """
    }

    private static func points(_ millimetres: Int) -> Double {
        (Double(millimetres) * 7_200 / 25.4).rounded() / 100
    }
}
