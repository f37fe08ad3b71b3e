public import Sales

/// What is known of a sale's link when its paper is made.
public enum PaperLink: Sendable, Equatable {
    case there(String, offers: LinkOffer)
    /// It may still come.
    case awaited
    /// The provider refuses the sale: no link comes before a person has corrected that.
    case refused
    /// The document was taken back: its link leads nowhere, and no other comes.
    case withdrawn
    /// A full tax invoice was made in place of the paper: there is nothing more to ask for.
    case replaced

    /// The link, or that it may still come.
    public init(_ url: String?, offers offer: LinkOffer) {
        self = url.map { .there($0, offers: offer) } ?? .awaited
    }
}
