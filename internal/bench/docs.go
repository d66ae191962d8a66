package main

func (b *bench) writeDocs(dir string) error { return nil }
