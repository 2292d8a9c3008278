package innovation_test

import (
	"strconv"
	"strings"
	"testing"

	"siida.id/internal/base/servicetest"
)

// Coordinates are read as people write them and maps copy them (B15).
func TestCaseB15CoordinatesAsPeopleWriteThem(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		for n, tt := range []struct{ lat, lon, want string }{
			{"-5.73, 105.58", "", "-5.73 105.58"},
			{"", "-5.73, 105.58", "-5.73 105.58"},
			{"-5.73, 105.58", "-5.73, 105.58", "-5.73 105.58"},
			{"-5.730123,105.589234", "", "-5.730123 105.589234"},
			{"-5,73; 105,58", "", "-5,73 105,58"},
			{"-5,73, 105,58", "", "-5,73 105,58"},
			{"(-5.73 105.58)", "", "-5.73 105.58"},
			{"105.58, -5.73", "", "-5.73 105.58"}, // longitude first
			{"−5.73", "105.58", "-5.73 105.58"},
			{"5.73° S", "105.58° E", "-5.73 105.58"},
			{"5,73° LS, 105,58° BT", "", "-5,73 105,58"},
			{"5°43'48.0\"S 105°34'48.0\"E", "", "-5,730000 105,580000"},
			{"-5.73° S", "105.58° E", "-5.73 105.58"},
			{"-6.9 LS", "+107.5 BT", "-6.9 107.5"},
			{"S6°54'53\"", "E107°36'35\"", "latitude=innovation.latitude_unclear longitude=innovation.longitude_unclear"},
			{"S6°54'53\" E107°36'35\"", "", "latitude=innovation.latitude_unclear longitude=innovation.longitude_unclear"},
			{"-5.73 LU", "105.58", "latitude=innovation.latitude_unclear"},
			{"5° 43′ 48″ LS", "105° 34′ 48″ BT", "-5,730000 105,580000"},
			{"-5,7301", "105.5892", "-5,7301 105.5892"},
			{"-5", "105", "-5 105"},
			{"-5,105", "", "longitude=innovation.longitude_unclear"}, // one number, or two: asked
			{"-5.73, 105.58", "105.58", "latitude=innovation.latitude_unclear"},
			{"-5.73.1", "105.58", "latitude=innovation.latitude_unclear"},
			{"91", "181", "latitude=innovation.latitude_unclear longitude=innovation.longitude_unclear"},
			{"1e1", "NaN", "latitude=innovation.latitude_unclear longitude=innovation.longitude_unclear"},
			{"-5.73, 105.58, 3", "", "latitude=innovation.latitude_unclear longitude=innovation.longitude_unclear"},
		} {
			f := form(servicetest.Own, "Peta "+strconv.Itoa(n))
			f.Latitude, f.Longitude = tt.lat, tt.lon
			made, err := w.Register(operator, f)
			got := made.Latitude + " " + made.Longitude
			if err != nil {
				got = strings.TrimPrefix(err.Error(), "fault.invalid ")
			}
			if got != tt.want {
				t.Errorf("%q, %q: %s, want %s", tt.lat, tt.lon, got, tt.want)
			}
		}
	})
}
