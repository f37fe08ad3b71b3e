// Go's own client, unmodified.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

func main() {
	client := &http.Client{Timeout: 10 * time.Second}
	for _, name := range os.Args[2:] {
		file, err := os.Open(name)
		if err != nil {
			panic(err)
		}
		// A file, not bytes: its length is not known, so it goes in chunks.
		answer, err := client.Post(os.Args[1], "application/json", io.NopCloser(file))
		if err != nil {
			panic(err)
		}
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		fmt.Println(answer.StatusCode)
	}
}
