package parcels

import (
	"context"

	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapserver"
)

const _ = soapclient.GeneratedAPI1

// A Server carries out the operations.
type Server interface {
	GetParcels(ctx context.Context, req *GetParcels) (*GetParcelsResponse, error)
	SendParcel(ctx context.Context, req *SendParcel) (*SendParcelResponse, error)
	Drop(ctx context.Context, req *Drop) error
}

// UnimplementedServer answers every operation with a fault. Embed it in a Server that implements some of them.
type UnimplementedServer struct{}

// GetParcels is not implemented.
func (UnimplementedServer) GetParcels(context.Context, *GetParcels) (*GetParcelsResponse, error) {
	return nil, soapserver.Unimplemented(&OpGetParcels)
}

// SendParcel is not implemented.
func (UnimplementedServer) SendParcel(context.Context, *SendParcel) (*SendParcelResponse, error) {
	return nil, soapserver.Unimplemented(&OpSendParcel)
}

// Drop is not implemented.
func (UnimplementedServer) Drop(context.Context, *Drop) error {
	return soapserver.Unimplemented(&OpDrop)
}

// NewHandler serves impl.
func NewHandler(impl Server, opts ...soapserver.Option) *soapserver.Handler {
	return soapserver.New([]soapserver.Method{
		soapserver.NewMethod(&OpGetParcels, impl.GetParcels),
		soapserver.NewMethod(&OpSendParcel, impl.SendParcel),
		soapserver.NewOneWay(&OpDrop, impl.Drop),
	}, opts...)
}
