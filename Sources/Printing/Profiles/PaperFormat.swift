/// What a printer takes its papers as. A session knows it from the moment it is opened.
public enum PaperFormat: Sendable, Equatable {
    /// ESC/POS: the paper as a bitmap, with the cut and the drawer as commands beside it.
    case escpos
    /// A PDF, each page as large as one of these. Cutting is the driver's, and the drawer cannot be reached.
    case pdf(PageSizes)
}
