package generated_test

import (
	"context"
	"reflect"

	"github.com/soapfirst/trackunit/generated"
)

// A recorder is a server that keeps what it was asked and answers with what it was given.
type recorder struct {
	op       string // of the last request
	req      any
	response any
}

var _ generated.ISyncReplyServer = (*recorder)(nil)

// answer returns the response if it is that of the operation.
func answer[Resp any](r *recorder, op string, req any) (*Resp, error) {
	r.op, r.req = op, req
	resp, ok := r.response.(*Resp)
	if !ok {
		panic("called " + op + " to be answered with " + reflect.TypeOf(r.response).String())
	}
	return resp, nil
}

func (r *recorder) GetUnit(_ context.Context, req *generated.GetUnit) (*generated.GetUnitResponse, error) {
	return answer[generated.GetUnitResponse](r, "GetUnit", req)
}

func (r *recorder) UpdateUnit(_ context.Context, req *generated.UpdateUnit) (*generated.UpdateUnitResponse, error) {
	return answer[generated.UpdateUnitResponse](r, "UpdateUnit", req)
}

func (r *recorder) GetUnitExtendedInfo(_ context.Context, req *generated.GetUnitExtendedInfo) (*generated.GetUnitExtendedInfoResponse, error) {
	return answer[generated.GetUnitExtendedInfoResponse](r, "GetUnitExtendedInfo", req)
}

func (r *recorder) GetReportUnitExtendedInfo(_ context.Context, req *generated.GetReportUnitExtendedInfo) (*generated.GetReportUnitExtendedInfoResponse, error) {
	return answer[generated.GetReportUnitExtendedInfoResponse](r, "GetReportUnitExtendedInfo", req)
}

func (r *recorder) GetReportUnitActiveFaults(_ context.Context, req *generated.GetReportUnitActiveFaults) (*generated.GetReportUnitActiveFaultsResponse, error) {
	return answer[generated.GetReportUnitActiveFaultsResponse](r, "GetReportUnitActiveFaults", req)
}

func (r *recorder) GetReportUnitHistory(_ context.Context, req *generated.GetReportUnitHistory) (*generated.GetReportUnitHistoryResponse, error) {
	return answer[generated.GetReportUnitHistoryResponse](r, "GetReportUnitHistory", req)
}

func (r *recorder) GetReportKeyHistory(_ context.Context, req *generated.GetReportKeyHistory) (*generated.GetReportKeyHistoryResponse, error) {
	return answer[generated.GetReportKeyHistoryResponse](r, "GetReportKeyHistory", req)
}

func (r *recorder) GetReportUnitSummary(_ context.Context, req *generated.GetReportUnitSummary) (*generated.GetReportUnitSummaryResponse, error) {
	return answer[generated.GetReportUnitSummaryResponse](r, "GetReportUnitSummary", req)
}

func (r *recorder) GetReportTrip(_ context.Context, req *generated.GetReportTrip) (*generated.GetReportTripResponse, error) {
	return answer[generated.GetReportTripResponse](r, "GetReportTrip", req)
}

func (r *recorder) GetAlarm(_ context.Context, req *generated.GetAlarm) (*generated.GetAlarmResponse, error) {
	return answer[generated.GetAlarmResponse](r, "GetAlarm", req)
}

func (r *recorder) CreateAlarm(_ context.Context, req *generated.CreateAlarm) (*generated.CreateAlarmResponse, error) {
	return answer[generated.CreateAlarmResponse](r, "CreateAlarm", req)
}

func (r *recorder) UpdateAlarm(_ context.Context, req *generated.UpdateAlarm) (*generated.UpdateAlarmResponse, error) {
	return answer[generated.UpdateAlarmResponse](r, "UpdateAlarm", req)
}

func (r *recorder) DeleteAlarm(_ context.Context, req *generated.DeleteAlarm) (*generated.DeleteAlarmResponse, error) {
	return answer[generated.DeleteAlarmResponse](r, "DeleteAlarm", req)
}

func (r *recorder) GetActiveAlarm(_ context.Context, req *generated.GetActiveAlarm) (*generated.GetActiveAlarmResponse, error) {
	return answer[generated.GetActiveAlarmResponse](r, "GetActiveAlarm", req)
}

func (r *recorder) GetAlarmLog(_ context.Context, req *generated.GetAlarmLog) (*generated.GetAlarmLogResponse, error) {
	return answer[generated.GetAlarmLogResponse](r, "GetAlarmLog", req)
}

func (r *recorder) GetCategory(_ context.Context, req *generated.GetCategory) (*generated.GetCategoryResponse, error) {
	return answer[generated.GetCategoryResponse](r, "GetCategory", req)
}

func (r *recorder) CreateCategory(_ context.Context, req *generated.CreateCategory) (*generated.CreateCategoryResponse, error) {
	return answer[generated.CreateCategoryResponse](r, "CreateCategory", req)
}

func (r *recorder) UpdateCategory(_ context.Context, req *generated.UpdateCategory) (*generated.UpdateCategoryResponse, error) {
	return answer[generated.UpdateCategoryResponse](r, "UpdateCategory", req)
}

func (r *recorder) DeleteCategory(_ context.Context, req *generated.DeleteCategory) (*generated.DeleteCategoryResponse, error) {
	return answer[generated.DeleteCategoryResponse](r, "DeleteCategory", req)
}

func (r *recorder) GetClient(_ context.Context, req *generated.GetClient) (*generated.GetClientResponse, error) {
	return answer[generated.GetClientResponse](r, "GetClient", req)
}

func (r *recorder) CreateClient(_ context.Context, req *generated.CreateClient) (*generated.CreateClientResponse, error) {
	return answer[generated.CreateClientResponse](r, "CreateClient", req)
}

func (r *recorder) UpdateClient(_ context.Context, req *generated.UpdateClient) (*generated.UpdateClientResponse, error) {
	return answer[generated.UpdateClientResponse](r, "UpdateClient", req)
}

func (r *recorder) DeleteClient(_ context.Context, req *generated.DeleteClient) (*generated.DeleteClientResponse, error) {
	return answer[generated.DeleteClientResponse](r, "DeleteClient", req)
}

func (r *recorder) GetContact(_ context.Context, req *generated.GetContact) (*generated.GetContactResponse, error) {
	return answer[generated.GetContactResponse](r, "GetContact", req)
}

func (r *recorder) CreateContact(_ context.Context, req *generated.CreateContact) (*generated.CreateContactResponse, error) {
	return answer[generated.CreateContactResponse](r, "CreateContact", req)
}

func (r *recorder) UpdateContact(_ context.Context, req *generated.UpdateContact) (*generated.UpdateContactResponse, error) {
	return answer[generated.UpdateContactResponse](r, "UpdateContact", req)
}

func (r *recorder) DeleteContact(_ context.Context, req *generated.DeleteContact) (*generated.DeleteContactResponse, error) {
	return answer[generated.DeleteContactResponse](r, "DeleteContact", req)
}

func (r *recorder) GetGroup(_ context.Context, req *generated.GetGroup) (*generated.GetGroupResponse, error) {
	return answer[generated.GetGroupResponse](r, "GetGroup", req)
}

func (r *recorder) CreateGroup(_ context.Context, req *generated.CreateGroup) (*generated.CreateGroupResponse, error) {
	return answer[generated.CreateGroupResponse](r, "CreateGroup", req)
}

func (r *recorder) UpdateGroup(_ context.Context, req *generated.UpdateGroup) (*generated.UpdateGroupResponse, error) {
	return answer[generated.UpdateGroupResponse](r, "UpdateGroup", req)
}

func (r *recorder) DeleteGroup(_ context.Context, req *generated.DeleteGroup) (*generated.DeleteGroupResponse, error) {
	return answer[generated.DeleteGroupResponse](r, "DeleteGroup", req)
}

func (r *recorder) GetKey(_ context.Context, req *generated.GetKey) (*generated.GetKeyResponse, error) {
	return answer[generated.GetKeyResponse](r, "GetKey", req)
}

func (r *recorder) CreateKey(_ context.Context, req *generated.CreateKey) (*generated.CreateKeyResponse, error) {
	return answer[generated.CreateKeyResponse](r, "CreateKey", req)
}

func (r *recorder) UpdateKey(_ context.Context, req *generated.UpdateKey) (*generated.UpdateKeyResponse, error) {
	return answer[generated.UpdateKeyResponse](r, "UpdateKey", req)
}

func (r *recorder) DeleteKey(_ context.Context, req *generated.DeleteKey) (*generated.DeleteKeyResponse, error) {
	return answer[generated.DeleteKeyResponse](r, "DeleteKey", req)
}

func (r *recorder) GetPoint(_ context.Context, req *generated.GetPoint) (*generated.GetPointResponse, error) {
	return answer[generated.GetPointResponse](r, "GetPoint", req)
}

func (r *recorder) CreatePoint(_ context.Context, req *generated.CreatePoint) (*generated.CreatePointResponse, error) {
	return answer[generated.CreatePointResponse](r, "CreatePoint", req)
}

func (r *recorder) UpdatePoint(_ context.Context, req *generated.UpdatePoint) (*generated.UpdatePointResponse, error) {
	return answer[generated.UpdatePointResponse](r, "UpdatePoint", req)
}

func (r *recorder) DeletePoint(_ context.Context, req *generated.DeletePoint) (*generated.DeletePointResponse, error) {
	return answer[generated.DeletePointResponse](r, "DeletePoint", req)
}

func (r *recorder) GetZone(_ context.Context, req *generated.GetZone) (*generated.GetZoneResponse, error) {
	return answer[generated.GetZoneResponse](r, "GetZone", req)
}

func (r *recorder) CreateZone(_ context.Context, req *generated.CreateZone) (*generated.CreateZoneResponse, error) {
	return answer[generated.CreateZoneResponse](r, "CreateZone", req)
}

func (r *recorder) UpdateZone(_ context.Context, req *generated.UpdateZone) (*generated.UpdateZoneResponse, error) {
	return answer[generated.UpdateZoneResponse](r, "UpdateZone", req)
}

func (r *recorder) DeleteZone(_ context.Context, req *generated.DeleteZone) (*generated.DeleteZoneResponse, error) {
	return answer[generated.DeleteZoneResponse](r, "DeleteZone", req)
}
