#include <libxml/xmlversion.h>
// libxml2 would include the system's ICU, whose types clash with those of Foundation's own. Only the layout of its encoders
// depends on it, and nobody here looks into one.
#undef LIBXML_ICU_ENABLED
#include <libxml/xmlreader.h>
