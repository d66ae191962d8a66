// Reads a document into the structs that gSOAP generated, once for each line on standard input, and prints how many
// nanoseconds that took and how many rows it found.
#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "BasicHttpBinding_USCOREISyncReply.nsmap"
#include "soapH.h"

// What is still to be read of the document.
struct memory {
	const char *at;
	size_t left;
};

static size_t receive(struct soap *soap, char *buf, size_t len) {
	memory *m = static_cast<memory *>(soap->user);
	len = std::min(len, m->left);
	std::memcpy(buf, m->at, len);
	m->at += len;
	m->left -= len;
	return len;
}

int main(int, char **argv) {
	std::ifstream file(argv[1], std::ios::binary);
	const std::string doc((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
	for (std::string line; std::getline(std::cin, line);) {
		memory m{doc.data(), doc.size()};
		const auto start = std::chrono::steady_clock::now();
		struct soap *soap = soap_new1(SOAP_C_UTFSTRING);
		soap->user = &m;
		soap->frecv = receive;
		soap->recv_maxlength = 0; // no limits
		soap->maxoccurs = size_t(1) << 40;
		ns1__GetReportUnitHistoryResponse resp;
		if (soap_read_ns1__GetReportUnitHistoryResponse(soap, &resp) != SOAP_OK || resp.List == nullptr) {
			soap_print_fault(soap, stderr);
			return 1;
		}
		const int rows = resp.List->__sizeUnitHistory;
		soap_destroy(soap);
		soap_end(soap);
		soap_free(soap);
		const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - start;
		std::cout << took.count() << ' ' << rows << std::endl;
	}
}
