/* Parses a document with libxml2, once for each line on standard input, and prints how many nanoseconds that took and
 * how many rows it found. With "sax" nothing is done but to count rows, with "reader" the values of the text nodes are
 * taken too. Nothing is converted. */
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlreader.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static long rows, bytes;

static void start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int ns, const xmlChar **decls,
		int attrs, int defaulted, const xmlChar **values) {
	rows += name[0] == 'U' && !strcmp((const char *)name, "UnitHistory");
}

static void end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {}

static void text(void *ctx, const xmlChar *s, int len) { bytes += len; }

static int sax(const char *doc, int len) {
	xmlSAXHandler h;
	memset(&h, 0, sizeof h);
	h.initialized = XML_SAX2_MAGIC;
	h.startElementNs = start;
	h.endElementNs = end;
	h.characters = text;
	h.cdataBlock = text;
	xmlParserCtxtPtr c = xmlCreateMemoryParserCtxt(doc, len);
	xmlSAXHandlerPtr own = c->sax;
	c->sax = &h;
	xmlCtxtUseOptions(c, XML_PARSE_HUGE);
	xmlParseDocument(c);
	int ok = c->wellFormed;
	c->sax = own;
	xmlFreeParserCtxt(c);
	return ok;
}

static int reader(const char *doc, int len) {
	xmlTextReaderPtr r = xmlReaderForMemory(doc, len, NULL, NULL, XML_PARSE_HUGE);
	int got;
	while ((got = xmlTextReaderRead(r)) == 1) {
		if (xmlTextReaderNodeType(r) == XML_READER_TYPE_TEXT)
			bytes += strlen((const char *)xmlTextReaderConstValue(r));
		else if (xmlTextReaderNodeType(r) == XML_READER_TYPE_ELEMENT)
			rows += !strcmp((const char *)xmlTextReaderConstLocalName(r), "UnitHistory");
	}
	xmlFreeTextReader(r);
	return got == 0;
}

int main(int argc, char **argv) {
	FILE *f = fopen(argv[1], "rb");
	if (f == NULL || fseek(f, 0, SEEK_END) != 0)
		return 1;
	long len = ftell(f);
	char *doc = malloc(len);
	rewind(f);
	if (doc == NULL || fread(doc, 1, len, f) != (size_t)len)
		return 1;
	int (*parse)(const char *, int) = strcmp(argv[2], "sax") == 0 ? sax : reader;
	char line[8];
	while (fgets(line, sizeof line, stdin) != NULL) {
		struct timespec a, b;
		rows = 0;
		clock_gettime(CLOCK_MONOTONIC, &a);
		if (!parse(doc, len))
			return 1;
		clock_gettime(CLOCK_MONOTONIC, &b);
		printf("%lld %ld\n", (b.tv_sec - a.tv_sec) * 1000000000LL + b.tv_nsec - a.tv_nsec, rows);
		fflush(stdout);
	}
}
