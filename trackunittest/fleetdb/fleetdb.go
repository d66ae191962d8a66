// Package fleetdb keeps the state of a simulated service in a file, so that it outlives the process: what one of a team has
// created is there for the others, and after a restart.
//
//	db, err := fleetdb.Open("fleet.db")
//	…
//	defer db.Close()
//	fleet, err := trackunittest.OpenFleet(db, 1, 500, trackunittest.DefaultNow)
//	…
//	server := trackunittest.NewServer(trackunittest.WithFleet(fleet))
//
// The file is a database of SQLite, which is compiled in. It belongs to one process at a time: a team shares the server.
package fleetdb

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"modernc.org/sqlite" // registers the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/soapfirst/trackunit/trackunittest"
)

// A DB is a trackunittest.Store in a file. It is safe for concurrent use.
type DB struct{ db *sql.DB }

// The row ids of records are in the order in which records were first saved; replacing one keeps its row.
const schema = `create table if not exists records (
	place integer primary key,
	kind text not null,
	id text not null,
	data blob, -- null for what was deleted
	unique (kind, id)
)`

// Open opens a file, or makes it if there is none. It fails if another process has it open, or if it is something else.
func Open(file string) (*DB, error) {
	if file == "" || strings.ContainsRune(file, 0) {
		return nil, errors.New("fleetdb: no file was named")
	}
	pragmas := url.Values{"_pragma": {"locking_mode(exclusive)", "journal_mode(wal)", "synchronous(full)"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: file}).EscapedPath()+"?"+pragmas.Encode())
	if err != nil {
		return nil, fmt.Errorf("fleetdb: %w", err)
	}
	db.SetMaxOpenConns(1) // the one that has the lock
	db.SetMaxIdleConns(1)
	if _, err := db.Exec(schema); err != nil {
		db.Close()
		return nil, fmt.Errorf("fleetdb: %s: %w", file, explain(err))
	}
	return &DB{db}, nil
}

// explain says what the two errors mean that a wrong file gives.
func explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return errors.New("another process has the file open")
	case sqlite3.SQLITE_NOTADB:
		return errors.New("the file is no database")
	}
	return err
}

// Close closes the file.
func (d *DB) Close() error { return d.db.Close() }

// Load implements trackunittest.Store.
func (d *DB) Load() ([]trackunittest.StoreRecord, error) {
	rows, err := d.db.Query("select kind, id, data from records order by place")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var records []trackunittest.StoreRecord
	for rows.Next() {
		var r trackunittest.StoreRecord
		if err := rows.Scan(&r.Kind, &r.ID, &r.Data); err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	return records, rows.Err()
}

// Save implements trackunittest.Store.
func (d *DB) Save(records []trackunittest.StoreRecord) error {
	tx, err := d.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing once it is committed
	const upsert = "insert into records (kind, id, data) values (?, ?, ?) on conflict (kind, id) do update set data = excluded.data"
	for _, r := range records {
		var data any // so that nil is null
		if r.Data != nil {
			data = r.Data
		}
		if _, err := tx.Exec(upsert, r.Kind, r.ID, data); err != nil {
			return err
		}
	}
	return tx.Commit()
}
