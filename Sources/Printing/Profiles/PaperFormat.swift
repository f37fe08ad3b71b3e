/// The format in which a printer takes its papers. A session knows it once it is open.
public enum PaperFormat: Sendable, Equatable {
    /// ESC/POS: the paper as a bitmap, with the cut and the drawer as commands beside it.
    case escpos
    /// A PDF, each page as large as one of these. The driver cuts, and the drawer cannot be reached.
    case pdf(PageSizes)
}
