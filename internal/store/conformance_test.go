package store_test

import (
	"testing"

	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

func TestSQLite(t *testing.T) {
	storetest.Run(t, func(t *testing.T) *store.Store { return storetest.Open(t) })
}

func TestPostgres(t *testing.T) {
	storetest.Run(t, func(t *testing.T) *store.Store { return storetest.Postgres(t) })
}
