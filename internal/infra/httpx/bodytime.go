package httpx

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// How fast a body has to come. Who sends it has nothing to gain from a whole
// minute but to hold a connection.
const (
	bodyTimeout   = time.Minute   // from the headers to the last byte, unless an upload is read
	uploadWindow  = time.Minute   // in every such stretch of waiting an upload brings uploadMin
	uploadMin     = 32 << 10      // bytes; a film over a village's line takes hours, and goes on
	maxUploadTime = 8 * time.Hour // of waiting for the bytes of one upload, however it goes on
	uploadStep    = 1 << 10       // bytes between two marks of uploadBody
)

// LimitBodyTime gives the body of a request a minute from its headers to
// arrive, whether or not anybody reads it. A body that is late fails with an
// error that is os.ErrDeadlineExceeded.
func LimitBodyTime(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body != nil && r.Body != http.NoBody {
			control := http.NewResponseController(w)
			_ = control.SetReadDeadline(time.Now().Add(bodyTimeout)) // a recorder in a test knows no deadline
			r.Body = &timedBody{r.Body, control}
		}
		next.ServeHTTP(w, r)
	})
}

// timedBody takes the deadline away once the body is whole: the server goes on
// reading, to notice a visitor who leaves, and a deadline would end their request.
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

// uploadBody is a body that fails where in a whole uploadWindow fewer than
// uploadMin bytes came, and where maxUploadTime has not been enough for all of them.
// Only the time that it waits for bytes counts: that the server itself is slow is
// nobody's fault who sends.
type uploadBody struct {
	io.ReadCloser
	control   *http.ResponseController
	read      int64
	waited    time.Duration
	stepTimes [uploadMin / uploadStep]time.Duration // waited when each of the last steps was complete
}

func (b *uploadBody) Read(p []byte) (int, error) {
	steps := int64(len(b.stepTimes))
	since := b.stepTimes[(b.read/uploadStep+1)%steps] // uploadMin bytes ago, or the beginning
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
