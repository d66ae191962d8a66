# Reads a message in SOAP encoding by what it says of itself, as a program without the WSDL does, and prints the texts of all
# values in it, one a line, in base64. Usage: foreign.pl message.xml
use strict;
use warnings;
use Encode qw(encode_utf8 is_utf8);
use MIME::Base64 qw(encode_base64);
use SOAP::Lite;

# A value of a simple type that it does not know is a string.
package Deserializer {
    our @ISA = 'SOAP::Deserializer';
    sub typecast { my ($self, $value, $name, $attrs, $children) = @_; return $children ? undef : $value }
}

sub texts {
    my ($value) = @_;
    return unless defined $value;
    if (UNIVERSAL::isa($value, 'HASH')) {
        texts($value->{$_}) for sort keys %$value;
    } elsif (UNIVERSAL::isa($value, 'ARRAY')) {
        texts($_) for @$value;
    } elsif (UNIVERSAL::isa($value, 'SCALAR') || UNIVERSAL::isa($value, 'REF')) {
        texts($$value);
    } else {
        print encode_base64(is_utf8($value) ? encode_utf8($value) : $value, ''), "\n";
    }
}

open my $file, '<', $ARGV[0] or die "$ARGV[0]: $!\n";
my $message = Deserializer->new->deserialize(do { local $/; <$file> });
die 'fault: ' . $message->faultstring . "\n" if $message->fault;
my @found = $message->valueof('/Envelope/Body/[1]');
die "there is nothing in the body\n" unless @found;
texts($_) for @found;
