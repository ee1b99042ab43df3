// Walks the manifest of a cohort.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"example/generated/oapi-codegen/client"
)

func main() {
	api, err := client.NewClientWithResponses(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	selected, size := client.True, int32(10)
	cohort := client.CohortRequest{Filters: client.Filters{"collection_id": {"tcga_read"}}}

	first, err := api.PreviewManifestWithResponse(
		ctx, &client.PreviewManifestParams{SOPInstanceUID: &selected, PageSize: &size}, cohort)
	if err != nil {
		log.Fatal(err)
	}
	rows, page, accepted := 0, first.JSON200, first.JSON202
	for {
		if page == nil {
			page = accepted
		}
		if page == nil {
			log.Fatal("neither 200 nor 202")
		}
		// A 202 has a token, but no manifest.
		if page.Manifest != nil {
			rows += len(page.Manifest.JsonManifest)
		}
		if page.NextPage == nil || *page.NextPage == "" {
			break
		}
		next, err := api.GetNextManifestPageWithResponse(
			ctx, &client.GetNextManifestPageParams{NextPage: *page.NextPage, PageSize: &size})
		if err != nil {
			log.Fatal(err)
		}
		page, accepted = next.JSON200, next.JSON202
	}
	fmt.Println(rows, "rows")
}
