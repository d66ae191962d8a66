package trackunit

import (
	"context"

	"github.com/soapfirst/trackunit/generated"
)

// Keys are what drivers identify themselves with at units.
type Keys struct{ port *generated.ISyncReplyClient }

// A Key is a driver's key. SerialNumber is its number in hexadecimal, ExpirationDate is UTC, Units and Groups are the ids of
// what it opens. KeyValid and KeyExpire are KeyTimes: what they count from is not documented.
type Key = generated.Key

// A CreateKey is a new key. Name and SerialNumber are needed.
type CreateKey = generated.CreateKey

// An UpdateKey changes the key ID. AddUnits, RemoveUnits, AddGroups and RemoveGroups change what it opens; with Clear true
// everything is taken off it first, as with UpdateGroup (inferred).
type UpdateKey = generated.UpdateKey

// A KeyTime is a time as keys have it: Key.KeyValid and Key.KeyExpire.
type KeyTime = string

// What Key.KeyValid says.
const (
	KeyValid30Sec KeyTime = "30sec"
	KeyValid60Sec KeyTime = "60sec"
	KeyValid90Sec KeyTime = "90sec"
)

// What Key.KeyExpire says.
const (
	KeyExpire0Sec    KeyTime = "0sec"
	KeyExpire15Sec   KeyTime = "15sec"
	KeyExpire30Sec   KeyTime = "30sec"
	KeyExpire60Sec   KeyTime = "60sec"
	KeyExpire2Min    KeyTime = "2min"
	KeyExpire5Min    KeyTime = "5min"
	KeyExpire10Min   KeyTime = "10min"
	KeyExpire15Min   KeyTime = "15min"
	KeyExpire30Min   KeyTime = "30min"
	KeyExpire1Hour   KeyTime = "1hour"
	KeyExpire2Hours  KeyTime = "2hours"
	KeyExpire4Hours  KeyTime = "4hours"
	KeyExpire8Hours  KeyTime = "8hours"
	KeyExpire16Hours KeyTime = "16hours"
)

// List returns all keys.
//
// Documentation: https://dev.trackunit.com/docs/key (operation GetKey)
func (k *Keys) List(ctx context.Context, opts ...CallOption) ([]Key, error) {
	return k.find(ctx, generated.GetKey{}, opts)
}

// Get returns the key with that id.
//
// Errors: ErrKeyNotFound (inferred); ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/key (operation GetKey)
func (k *Keys) Get(ctx context.Context, id string, opts ...CallOption) (Key, error) {
	const op = "GetKey"
	if err := needID(op, id); err != nil {
		return Key{}, err
	}
	keys, err := k.find(ctx, generated.GetKey{ID: Some(id)}, opts)
	if err != nil {
		return Key{}, err
	}
	return one(op, keys, ErrKeyNotFound)
}

func (k *Keys) find(ctx context.Context, req generated.GetKey, opts []CallOption) ([]Key, error) {
	resp, err := k.port.GetKey(ctx, &req, opts...)
	if err != nil {
		return nil, err
	}
	return resp.List, nil
}

// Create makes a key and returns its id.
//
// Errors: ErrInvalidParameter if something is missing or wrong (inferred).
//
// Documentation: https://dev.trackunit.com/docs/key (operation CreateKey)
func (k *Keys) Create(ctx context.Context, key CreateKey, opts ...CallOption) (id string, err error) {
	resp, err := k.port.CreateKey(ctx, &key, opts...)
	if err != nil {
		return "", err
	}
	return resp.ID.Value(), nil
}

// Update changes the members of a key that are set in update; the others stay as they are (inferred).
//
// Errors: ErrKeyNotFound (inferred); ErrNoID if update.ID is empty.
//
// Documentation: https://dev.trackunit.com/docs/key (operation UpdateKey)
func (k *Keys) Update(ctx context.Context, update UpdateKey, opts ...CallOption) error {
	if err := needID("UpdateKey", update.ID.Value()); err != nil {
		return err
	}
	_, err := k.port.UpdateKey(ctx, &update, opts...)
	return err
}

// Delete deletes a key.
//
// Errors: ErrKeyNotFound (inferred); ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/key (operation DeleteKey, inferred)
func (k *Keys) Delete(ctx context.Context, id string, opts ...CallOption) error {
	if err := needID("DeleteKey", id); err != nil {
		return err
	}
	_, err := k.port.DeleteKey(ctx, &generated.DeleteKey{ID: Some(id)}, opts...)
	return err
}
