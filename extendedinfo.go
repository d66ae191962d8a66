package trackunit

import (
	"context"

	"github.com/soapfirst/trackunit/generated"
)

// ExtendedInfo is what machines report beyond the members of Unit, over their CAN bus mostly. Its series over time is
// Reports.ExtendedInfo.
type ExtendedInfo struct{ port *generated.ISyncReplyClient }

// An ExtendedValue is the latest value of one variable.
//
// Value is always text, and may be a range such as "1796.5 ... 1800.12"; UoM is its unit of measure, where it has one.
// VariableID and Name tell the variable, such as "Engine Speed". Time is UTC (inferred).
type ExtendedValue = generated.GetUnitExtendedInfoResult

// Latest returns the latest value of each variable of a unit.
//
// Errors: ErrUnitNotFound; ErrNoID if unitID is empty.
//
// There is no page of documentation; the operation (GetUnitExtendedInfo) was seen.
func (e *ExtendedInfo) Latest(ctx context.Context, unitID string, opts ...CallOption) ([]ExtendedValue, error) {
	if err := needID("GetUnitExtendedInfo", unitID); err != nil {
		return nil, err
	}
	resp, err := e.port.GetUnitExtendedInfo(ctx, &generated.GetUnitExtendedInfo{ID: Some(unitID)}, opts...)
	if err != nil {
		return nil, err
	}
	return resp.Result, nil
}
