package trackunittest

import (
	"context"
	"strings"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

func (o operations) GetKey(_ context.Context, req *generated.GetKey) (*generated.GetKeyResponse, error) {
	defer o.read()()
	list, err := find(o.f.Keys, req.ID, "key")
	return &generated.GetKeyResponse{List: list}, err
}

func (o operations) CreateKey(_ context.Context, req *generated.CreateKey) (*generated.CreateKeyResponse, error) {
	defer o.write()()
	_, noName := needed(req.Name, "Name")
	_, noSerial := needed(req.SerialNumber, "SerialNumber")
	err := first(noName, noSerial, checkSerial(req.SerialNumber), checkKeyTimes(req.KeyValid, req.KeyExpire),
		o.f.checkUnits(req.Units), o.f.checkGroups(req.Groups))
	if err != nil {
		return nil, err
	}
	id := o.f.Keys.put(generated.Key{
		Name: req.Name, SerialNumber: req.SerialNumber, KeyValid: req.KeyValid, KeyExpire: req.KeyExpire,
		IsAdmin: req.IsAdmin, CompanyName: req.CompanyName, Email: req.Email, Mobile: req.Mobile, Phone: req.Phone,
		Note: req.Note, ExpirationDate: req.ExpirationDate, EmployeeNumber: req.EmployeeNumber,
		Units:  distinct(req.Units),
		Groups: distinct(req.Groups),
	})
	return &generated.CreateKeyResponse{ID: xmlwire.Some(id)}, nil
}

// UpdateKey clears units and groups alike, before it adds any.
func (o operations) UpdateKey(_ context.Context, req *generated.UpdateKey) (*generated.UpdateKeyResponse, error) {
	defer o.write()()
	k, err := one(o.f.Keys, req.ID, "key")
	err = first(err, notBlank(req.Name, "Name"), notBlank(req.SerialNumber, "SerialNumber"), checkSerial(req.SerialNumber),
		checkKeyTimes(req.KeyValid, req.KeyExpire), o.f.checkUnits(req.AddUnits), o.f.checkGroups(req.AddGroups))
	if err != nil {
		return nil, err
	}
	set(&k.Name, req.Name)
	set(&k.SerialNumber, req.SerialNumber)
	set(&k.KeyValid, req.KeyValid)
	set(&k.KeyExpire, req.KeyExpire)
	set(&k.IsAdmin, req.IsAdmin)
	set(&k.CompanyName, req.CompanyName)
	set(&k.Email, req.Email)
	set(&k.Mobile, req.Mobile)
	set(&k.Phone, req.Phone)
	set(&k.Note, req.Note)
	set(&k.ExpirationDate, req.ExpirationDate)
	set(&k.EmployeeNumber, req.EmployeeNumber)
	k.Units = edit(k.Units, req.Clear, req.AddUnits, req.RemoveUnits)
	k.Groups = edit(k.Groups, req.Clear, req.AddGroups, req.RemoveGroups)
	o.f.Keys.put(k)
	return &generated.UpdateKeyResponse{}, nil
}

func (o operations) DeleteKey(_ context.Context, req *generated.DeleteKey) (*generated.DeleteKeyResponse, error) {
	defer o.write()()
	k, err := one(o.f.Keys, req.ID, "key")
	if err != nil {
		return nil, err
	}
	o.f.Keys.delete(k.ID.Value())
	return &generated.DeleteKeyResponse{}, nil
}

// checkSerial refuses what is not hexadecimal, which is inferred.
func checkSerial(serial xmlwire.Opt[string]) error {
	if strings.Trim(serial.Value(), "0123456789abcdefABCDEF") != "" {
		return invalid("SerialNumber", "'SerialNumber' must be a hexadecimal number")
	}
	return nil
}

// checkKeyTimes refuses times that are not documented. That the service does so is inferred.
func checkKeyTimes(valid, expire xmlwire.Opt[string]) error {
	return first(oneOf(valid, "KeyValid", keyValidTimes), oneOf(expire, "KeyExpire", keyExpireTimes))
}
