extension Incident {
    /// A file of the spool was refused.
    public static let spoolRejected = "spool-rejected"
    /// A provider's document has another total than the paper.
    public static let totalDiffers = "total-differs"
}
