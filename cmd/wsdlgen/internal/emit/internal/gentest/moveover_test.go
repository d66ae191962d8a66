package gentest_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit/internal/gentest/moveover"
	"github.com/soapfirst/trackunit/internal/memhttp"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// orders answers with what it was asked for.
type orders struct {
	moveover.UnimplementedOrderPortServer
}

func (orders) GetOrder(_ context.Context, req *moveover.GetOrder) (*moveover.GetOrderResponse, error) {
	inStock := moveover.StateInstock
	line := moveover.Order_line{ItemId: moveover.Guid(req.Id), Type_: "spare", Instock: &inStock, Unit_price: &moveover.Price{Value: "1.50"}}
	return &moveover.GetOrderResponse{Lines: &moveover.ArrayOfLine{Line: []moveover.Line{line}}}, nil
}

func (orders) Add(context.Context, *moveover.Line) error { return nil }

func (orders) Ping(context.Context, *moveover.PingRequest) (*moveover.PingResponse, error) {
	return new(moveover.PingResponse), nil
}

// A program that was written for gowsdl calls as it always did.
func TestMovingOver(t *testing.T) {
	client, err := soapclient.New(moveover.Orders, soapclient.WithHTTPClient(memhttp.NewClient(moveover.NewOrderPortHandler(orders{}))))
	require.NoError(t, err)
	var port moveover.OrderPort = moveover.NewOrderPort(client)

	resp, err := port.GetOrder(&moveover.GetOrder{Id: "4711"})
	require.NoError(t, err)
	require.Len(t, resp.Lines.Line, 1)
	line := resp.Lines.Line[0]
	assert.Equal(t, "4711", line.ItemId)
	assert.Equal(t, moveover.StateInstock, *line.Instock)
	assert.Equal(t, xmlwire.Decimal("1.50"), line.Unit_price.Value)

	require.NoError(t, port.AddContext(t.Context(), &line))
	_, err = port.Ping()
	require.NoError(t, err)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = port.PingContext(ctx)
	assert.ErrorIs(t, err, context.Canceled)
}
