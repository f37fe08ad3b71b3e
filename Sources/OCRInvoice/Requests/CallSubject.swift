/// What a call is about.
struct CallSubject: Sendable {
    let form: OCRJobForm
    /// Where the document is; only for a call that says so to the service.
    let link: DocumentLink?

    init(_ form: OCRJobForm, at link: DocumentLink? = nil) {
        (self.form, self.link) = (form, link)
    }

    /// What is sent of it; nil for a call that only names the job.
    var body: [UInt8]? { link.map(form.bytes(with:)) }
}
