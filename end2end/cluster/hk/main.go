// Command hk is the three servers of the control plane in one binary: linked together they
// share the Kubernetes libraries and take a third of the disk that three binaries would.
//
//	hk kube-apiserver --flags...
package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"k8s.io/component-base/cli"
	// Registers the client metrics that each server exposes under /metrics.
	_ "k8s.io/component-base/metrics/prometheus/clientgo"

	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

func command(server string) *cobra.Command {
	switch server {
	case "kube-apiserver":
		return apiserver.NewAPIServerCommand()
	case "kube-controller-manager":
		return controllers.NewControllerManagerCommand()
	case "kube-scheduler":
		return scheduler.NewSchedulerCommand()
	}
	return nil
}

func main() {
	if len(os.Args) > 1 {
		if server := command(os.Args[1]); server != nil {
			os.Args = os.Args[1:]
			os.Exit(cli.Run(server))
		}
	}
	fmt.Fprintln(os.Stderr, "hk: the first argument is kube-apiserver, kube-controller-manager or kube-scheduler")
	os.Exit(2)
}
