package xmlwire

// A nameTable finds the member for the local name of an element where all elements of a type share a namespace: a hash
// table with open addressing, which costs half of a map and can be asked before a name was taken out of the window.
type nameTable struct {
	slots []uint16 // 1 + the index of a member, or 0
	elems []field
}

// newNameTable makes the table of elems. Of two members of one name the first is found.
func newNameTable(elems []field) nameTable {
	size := 8
	for size < 3*len(elems) {
		size *= 2
	}
	t := nameTable{make([]uint16, size), elems}
	for i := range elems {
		if !elems[i].named() {
			continue
		}
		at := t.slot([]byte(elems[i].local))
		if t.slots[at] == 0 {
			t.slots[at] = uint16(i + 1)
		}
	}
	return t
}

// slot returns the index in slots where name stands, or where it would stand.
func (t *nameTable) slot(name []byte) int {
	h := uint32(len(name))
	for _, c := range name {
		h = h*33 + uint32(c)
	}
	mask := len(t.slots) - 1
	for at := int(h^h>>15) & mask; ; at = (at + 1) & mask {
		if k := t.slots[at]; k == 0 || t.elems[k-1].local == string(name) {
			return at
		}
	}
}

// lookup returns the member called local, or -1.
func (t *nameTable) lookup(local []byte) int {
	return int(t.slots[t.slot(local)]) - 1
}

// find returns the member whose tag in buf has its name at pos, under prefix, and where the name ends; or -1.
func (t *nameTable) find(buf []byte, pos int, prefix string) (member, end int) {
	if n := len(prefix); n > 0 {
		for i := range n {
			if buf[pos+i] != prefix[i] {
				return -1, 0
			}
		}
		if buf[pos+n] != ':' {
			return -1, 0
		}
		pos += n + 1
	}
	end = skipName(buf, pos)
	if end == pos || buf[end] == ':' || buf[end] >= 0x80 {
		return -1, 0
	}
	return t.lookup(buf[pos:end]), end
}
