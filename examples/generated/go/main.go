// Walks the manifest of a cohort.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	openapi "example/generated/go/client"
)

func main() {
	configuration := openapi.NewConfiguration()
	configuration.Servers = openapi.ServerConfigurations{{URL: os.Args[1]}}
	api := openapi.NewAPIClient(configuration).ManifestAPI
	ctx := context.Background()
	filters := map[string][]interface{}{"collection_id": {"tcga_read"}}
	cohort := openapi.NewCohortRequest("", "", filters)

	page, _, err := api.PreviewManifest(ctx).
		CohortRequest(*cohort).SOPInstanceUID(openapi.TRUE).PageSize(10).Execute()
	rows := 0
	for {
		if err != nil {
			log.Fatal(err)
		}
		// A 202 has a token, but no manifest.
		if page.Manifest != nil {
			rows += len(page.Manifest.JsonManifest)
		}
		token := page.GetNextPage()
		if token == "" {
			break
		}
		page, _, err = api.GetNextManifestPage(ctx).NextPage(token).PageSize(10).Execute()
	}
	fmt.Println(rows, "rows")
}
