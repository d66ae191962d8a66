package main

import (
	"context"
	"sync"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/trackunittest"
)

// simulated is what the simulator answers: the last month of its first units, 10,000 rows.
var simulated = source{"simulated", sync.OnceValues(func() ([]byte, error) {
	service := trackunittest.NewService(trackunittest.WithUnits(50))
	client, err := service.Client()
	if err != nil {
		return nil, err
	}
	resp := new(generated.GetReportUnitHistoryResponse)
	now := service.Fleet().Now()
	for _, id := range service.Fleet().UnitIDs() {
		for row, err := range client.Reports.History(context.Background(), id, now.AddDate(0, 0, -31), now) {
			if err != nil {
				return nil, err
			}
			if resp.List = append(resp.List, row); len(resp.List) == 10_000 {
				return write(resp)
			}
		}
	}
	return write(resp)
})}
