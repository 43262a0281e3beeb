// Writes the descriptors of grpc.testing, which grpc-go holds compiled in, as a FileDescriptorSet.
package main

import (
	"log"
	"os"

	testing "google.golang.org/grpc/interop/grpc_testing"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/types/descriptorpb"
)

func main() {
	set := &descriptorpb.FileDescriptorSet{File: []*descriptorpb.FileDescriptorProto{
		protodesc.ToFileDescriptorProto(testing.File_grpc_testing_empty_proto),
		protodesc.ToFileDescriptorProto(testing.File_grpc_testing_messages_proto),
	}}
	bytes, err := proto.Marshal(set)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := os.Stdout.Write(bytes); err != nil {
		log.Fatal(err)
	}
}
