package httpx

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// Limits on how slowly a body may arrive; slow clients only keep a connection busy.
const (
	bodyTimeout   = time.Minute   // from the headers to the last byte, except for an upload
	uploadWindow  = time.Minute   // in each such period of waiting an upload must bring uploadMin
	uploadMin     = 32 << 10      // bytes; a film over a slow line takes hours, which is accepted
	maxUploadTime = 8 * time.Hour // of waiting for the bytes of one upload in all
	uploadStep    = 1 << 10       // bytes between two times recorded by uploadBody
)

// LimitBodyTime bounds the time in which the body of a request arrives, from its
// headers, to a minute, whether it is read or not. Reading a late body fails with
// os.ErrDeadlineExceeded.
func LimitBodyTime(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body != nil && r.Body != http.NoBody {
			control := http.NewResponseController(w)
			_ = control.SetReadDeadline(time.Now().Add(bodyTimeout)) // a recorder in a test has no deadline
			r.Body = &timedBody{r.Body, control}
		}
		next.ServeHTTP(w, r)
	})
}

// timedBody removes the deadline once the body is complete: the server reads on, to
// detect that the client disconnects, and a deadline would cancel the request.
type timedBody struct {
	io.ReadCloser
	control *http.ResponseController
}

func (b *timedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) {
		_ = b.control.SetReadDeadline(time.Time{})
	}
	return n, err
}

// uploadBody fails if fewer than uploadMin bytes arrive within uploadWindow, or the
// upload takes longer than maxUploadTime. Only time spent waiting for bytes counts,
// not the server's own.
type uploadBody struct {
	io.ReadCloser
	control   *http.ResponseController
	read      int64
	waited    time.Duration
	stepTimes [uploadMin / uploadStep]time.Duration // time waited when each of the last steps was complete
}

func (b *uploadBody) Read(p []byte) (int, error) {
	steps := int64(len(b.stepTimes))
	since := b.stepTimes[(b.read/uploadStep+1)%steps] // uploadMin bytes ago, or at the start
	start := time.Now()
	_ = b.control.SetReadDeadline(start.Add(min(since+uploadWindow, maxUploadTime) - b.waited))
	n, err := b.ReadCloser.Read(p)
	b.waited += time.Since(start)
	for step := b.read/uploadStep + 1; step <= (b.read+int64(n))/uploadStep; step++ {
		b.stepTimes[step%steps] = b.waited
	}
	b.read += int64(n)
	if errors.Is(err, io.EOF) {
		_ = b.control.SetReadDeadline(time.Time{})
	}
	return n, err
}
